namespace Actors.Lab.Plans;

/// <summary>
/// All that happens to the nodes of one run, decided before it begins: whatever is taken out of a plan, the rest stays as
/// it is.
/// </summary>
internal sealed record RunPlan
{
    /// <summary>Directories that an overlay has in its lower layer.</summary>
    public static IReadOnlyList<string> LowerLayer { get; } = ["layer-1", "layer-2", "layer-3"];

    /// <summary>Of the world's own chances: latencies, the order of messages, what a loss of power takes.</summary>
    public required ulong Seed { get; init; }

    public required int Clients { get; init; }

    /// <summary>After this nothing fails any more.</summary>
    public required TimeSpan Duration { get; init; }

    public required PlannedNetwork Network { get; init; }

    /// <summary>Of the first client, the second, and so on.</summary>
    public required IReadOnlyList<PlaceKind> Places { get; init; }

    /// <summary>Null: as the server is shipped.</summary>
    public PlannedLimits? Limits { get; init; }

    /// <summary>Of messages from outside before one actor; null: as many as come.</summary>
    public int? MailboxMax { get; init; }

    public required IReadOnlyList<InitialFile> Files { get; init; }

    public required IReadOnlyList<PlannedEdit> Edits { get; init; }

    public required IReadOnlyList<PlannedFault> Faults { get; init; }

    /// <summary>What of it can be left out: "e7" is edit 7, "f2" is fault 2.</summary>
    public IReadOnlyList<string> Items => [.. Faults.Select(NameOf), .. Edits.Select(NameOf)];

    /// <summary>The same with these items only.</summary>
    public RunPlan Keep(IReadOnlySet<string> items)
    {
        var edits = Edits.Where(edit => items.Contains(NameOf(edit))).ToList();
        var faults = Faults.Where(fault => items.Contains(NameOf(fault))).ToList();
        return this with { Edits = edits, Faults = faults };
    }

    /// <summary>The same with the first clients only.</summary>
    public RunPlan WithClients(int clients) => this with
    {
        Clients = clients,
        Files = [.. Files.Where(file => file.Client <= clients)],
        Edits = [.. Edits.Where(edit => edit.Client <= clients)],
        Faults = [.. Faults.Where(fault => fault.Node <= clients)],
    };

    public static string NameOf(PlannedEdit edit) => $"e{edit.Number}";

    public static string NameOf(PlannedFault fault) => $"f{fault.Number}";
}

/// <summary>A file that is in a replica before its client runs for the first time. Equal numbers have equal content.</summary>
internal sealed record InitialFile(int Client, string Path, int Content, int Bytes);

/// <summary>What a client's file system can do.</summary>
internal enum PlaceKind
{
    Whole,
    /// <summary>It cannot exchange two names in one step.</summary>
    WithoutExchange,
    /// <summary>Its notices of changes never say that a file was closed: as FileSystemWatcher's.</summary>
    PlainNotices,
    /// <summary>Its user is not its node's: of the files that the user makes, nothing tells the node who writes them.</summary>
    OtherUser,
    /// <summary>It is an overlay: directories of its lower layer, which were there at first, cannot be renamed.</summary>
    Overlay,
}

/// <summary>The network of a run, while nothing is wrong with it.</summary>
internal sealed record PlannedNetwork(TimeSpan LatencyMin, TimeSpan LatencyMax, int TailOneIn, TimeSpan TailLatency, long BytesPerSecond);

/// <summary>Limits of the server, so small that a run reaches them.</summary>
/// <param name="PushBytesWaitingMax">Of pushes that wait, of all clients.</param>
/// <param name="BatchCommandsMax">In one transaction.</param>
/// <param name="BatchBytesMax">The same, in bytes of pushes.</param>
internal sealed record PlannedLimits(long PushBytesWaitingMax, int BatchCommandsMax, long BatchBytesMax);
