using Actors.Lab.World;

namespace Actors.Lab.Plans;

/// <summary>Makes a plan from a seed, and from nothing else.</summary>
internal sealed class PlanGenerator
{
    private static readonly string[] Directories = ["docs", "docs/old", "src", "draft"];
    private static readonly string[] Names = ["a.txt", "b.txt", "notes.md", "data.bin"];

    // Kinds that came later have a source of chance of their own, so that a seed keeps what it meant before.
    private static readonly FaultKind[] LaterKinds = [FaultKind.ReplicaEmptied, FaultKind.SlowReceiver, FaultKind.MachineCloned, FaultKind.SecondProcess, FaultKind.SharedTick, FaultKind.BadPath];

    private static readonly FaultKind[] NewestKinds = [FaultKind.DirectoryAway, FaultKind.DirectoryMounted, FaultKind.DirectoryDenied, FaultKind.SavedOnTop];

    // What belongs together takes no longer.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(40);

    // An odd amount of this fault: see LinkFaults.
    private const int FromServerOnly = 1;

    // More files than pushes may be open; one by one, so that each travels in a push of its own.
    private const int BurstFiles = 90;
    private static readonly TimeSpan BurstGap = TimeSpan.FromMilliseconds(70);

    private readonly PlanOptions _options;
    private readonly ulong _seed;
    private SeededRandomSource _random;

    private PlanGenerator(ulong seed, PlanOptions options)
    {
        _seed = seed;
        _random = new SeededRandomSource(seed);
        _options = options;
    }

    public static RunPlan Generate(ulong seed, PlanOptions? options = null) => new PlanGenerator(seed, options ?? new PlanOptions()).Generate();

    private RunPlan Generate()
    {
        var plan = new RunPlan
        {
            Seed = _seed,
            Clients = _options.Clients,
            Duration = _options.Duration,
            Network = Network(),
            Places = [],
            Files = [.. Files()],
            Edits = [.. Edits().OrderBy(edit => edit.At).ThenBy(edit => edit.Number)],
            Faults = [.. Faults()],
        };
        _random = new SeededRandomSource(~_seed);
        plan = plan with
        {
            Places = [.. Places()],
            Faults = [.. plan.Faults.Concat(LaterFaults(plan.Faults.Count)).OrderBy(fault => fault.At).ThenBy(fault => fault.Number)],
        };
        if (_options is not { Edits: > 0, FaultsMax: > 0 } || _options.Duration <= Longest)
            return plan;
        if (Chance(10))
            plan = With(plan, Burst(plan));
        if (Chance(15))
            plan = With(plan, CloneInDoubt(plan));
        plan = Situations.AddTo(plan, _options);
        _random = new SeededRandomSource(_seed ^ 0x5afe_d1c7);
        plan = plan with { Faults = [.. plan.Faults.Concat(NewestFaults(plan.Faults.Count)).OrderBy(fault => fault.At).ThenBy(fault => fault.Number)] };
        for (var count = Chance(2) ? 1 + _random.Next(3) : 0; count > 0; count--)
            plan = With(plan, ([], PointToNew(plan)));
        return plan;
    }

    private IEnumerable<PlannedFault> NewestFaults(int before)
    {
        foreach (var kind in NewestKinds)
        {
            for (var count = Chance(5) ? 1 + _random.Next(4) : 0; count > 0; count--)
                yield return Fault(++before, kind);
        }
    }

    private static RunPlan With(RunPlan plan, (IEnumerable<PlannedFault> Faults, PlannedEdit Edit) more) => plan with
    {
        Edits = [.. plan.Edits.Append(more.Edit).OrderBy(edit => edit.At).ThenBy(edit => edit.Number)],
        Faults = [.. plan.Faults.Concat(more.Faults).OrderBy(fault => fault.At).ThenBy(fault => fault.Number)],
    };

    /// <summary>A client that nothing comes back to makes many edits one by one: in the end no more pushes may be open.</summary>
    private (IEnumerable<PlannedFault> Faults, PlannedEdit Edit) Burst(RunPlan plan)
    {
        var (at, client) = (QuietTime(), 1 + _random.Next(_options.Clients));
        return (
            [new PlannedFault(plan.Faults.Count + 1, at, FaultKind.OneWayPartition, client, TimeSpan.FromSeconds(9), FromServerOnly)],
            new PlannedEdit(plan.Edits.Count + 1, at + TimeSpan.FromMilliseconds(200), client, EditKind.Burst, "burst", "burst", 20 + _random.Next(100), BurstFiles, BurstGap, Syncs: false));
    }

    /// <summary>
    /// A machine is cloned while it cannot be reached, goes on with the same number for another push, and is started again so
    /// often that it is the newer one of the two when it is back.
    /// </summary>
    private (IEnumerable<PlannedFault> Faults, PlannedEdit Edit) CloneInDoubt(RunPlan plan)
    {
        var (at, client, number) = (QuietTime(), 1 + _random.Next(_options.Clients), plan.Faults.Count);
        PlannedFault Later(double seconds, FaultKind kind, double lasts) =>
            new(++number, at + TimeSpan.FromSeconds(seconds), kind, client, TimeSpan.FromSeconds(lasts), 1 + _random.Next(999));
        return (
            [
                Later(0, FaultKind.Partition, 14), Later(0.1, FaultKind.MachineCloned, 0),
                Later(5, FaultKind.Crash, 0.2), Later(9, FaultKind.Crash, 0.2),
            ],
            new PlannedEdit(plan.Edits.Count + 1, at + TimeSpan.FromSeconds(1.5), client, EditKind.TruncateAndWrite, Names[0], Names[0], 20 + _random.Next(100), 1, TimeSpan.Zero, Syncs: true));
    }

    private PlannedEdit PointToNew(RunPlan plan) => new(
        plan.Edits.Count + 1, Time(_options.Duration), 1 + _random.Next(_options.Clients), EditKind.PointToNew, "blob", "pointer.txt",
        Chance(4) ? 70_000 : 30 + _random.Next(200), 3 + _random.Next(10), Time(TimeSpan.FromMilliseconds(200)), Syncs: false);

    /// <summary>In the middle between two bursts of the users' edits.</summary>
    public static TimeSpan QuietTime(SeededRandomSource random, PlanOptions options) =>
        TimeSpan.FromSeconds(10 * (1 + random.Next((int)((options.Duration - Longest) / TimeSpan.FromSeconds(10)))) + 5);

    private TimeSpan QuietTime() => QuietTime(_random, _options);

    private IEnumerable<PlaceKind> Places()
    {
        var areAllWhole = !Chance(4);
        for (var client = 1; client <= _options.Clients; client++)
            yield return areAllWhole ? PlaceKind.Whole : (PlaceKind)_random.Next((int)PlaceKind.Overlay);
    }

    private PlannedNetwork Network() => _random.Next(3) switch
    {
        0 => new(TimeSpan.FromMicroseconds(50), TimeSpan.FromMilliseconds(1), 50, TimeSpan.FromMilliseconds(100), 0),
        1 => new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(40), 20, TimeSpan.FromMilliseconds(800), 1_000_000),
        _ => new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(200), 10, TimeSpan.FromSeconds(3), 100_000),
    };

    private IEnumerable<InitialFile> Files()
    {
        var content = 0;
        foreach (var name in Names)
        {
            // The same bytes everywhere, or different ones, or on one replica only.
            var same = Chance(2);
            content++;
            for (var client = 1; client <= _options.Clients; client++)
            {
                if (Chance(2))
                    yield return new InitialFile(client, name, same ? content : content * 100 + client, 1 + _random.Next(300));
            }
        }
    }

    private IEnumerable<PlannedEdit> Edits()
    {
        // Most edits of a run are of few kinds, so that each run is about something else.
        var kinds = Enum.GetValues<EditKind>().Where(kind => kind < EditKind.Burst).ToList();
        var favourites = Enumerable.Range(0, 4).Select(_ => kinds[_random.Next(kinds.Count)]).ToList();
        var fewPaths = Chance(3);
        for (var number = 1; number <= _options.Edits; number++)
        {
            var kind = Chance(2) ? WeightedKind() : favourites[_random.Next(favourites.Count)];
            // In bursts: many edits at one time, and quiet in between.
            var at = Chance(3) ? Time(_options.Duration) : TimeSpan.FromSeconds(_random.Next(Math.Max(1, (int)_options.Duration.TotalSeconds / 10)) * 10) + Time(TimeSpan.FromSeconds(2));
            var isOfDirectory = kind is EditKind.RenameDirectory or EditKind.SwapDirectories or EditKind.DeleteDirectory or EditKind.MakeDirectory;
            yield return new PlannedEdit(
                number, at < _options.Duration ? at : _options.Duration, 1 + _random.Next(_options.Clients), kind,
                isOfDirectory ? Directory() : File(fewPaths), isOfDirectory ? Directory() : File(fewPaths),
                Size(), Chance(2) ? 1 : 1 + _random.Next(6), Gap(kind), Chance(2));
        }
    }

    private EditKind WeightedKind() => _random.Next(100) switch
    {
        < 22 => EditKind.TruncateAndWrite,
        < 40 => EditKind.ReplaceByRename,
        < 48 => EditKind.BackupAndWrite,
        < 56 => EditKind.WriteInPlace,
        < 66 => EditKind.Append,
        < 68 => EditKind.KeepLog,
        < 78 => EditKind.Delete,
        < 85 => EditKind.Rename,
        < 88 => EditKind.RenameDirectory,
        < 91 => EditKind.SwapDirectories,
        < 93 => EditKind.DeleteDirectory,
        < 97 => EditKind.MakeDirectory,
        < 99 => EditKind.ChangeKind,
        _ => EditKind.MakeLink,
    };

    private TimeSpan Gap(EditKind kind) => kind == EditKind.KeepLog
        ? TimeSpan.FromSeconds(1 + _random.Next(8))
        : _random.Next(4) switch
        {
            0 => TimeSpan.Zero,
            1 => Time(TimeSpan.FromMilliseconds(5)),
            2 => Time(TimeSpan.FromMilliseconds(200)),
            _ => Time(TimeSpan.FromSeconds(3)),
        };

    private int Size() => _random.Next(40) switch
    {
        0 => 0,
        1 => 70_000 + _random.Next(150_000),
        < 5 => 4_000 + _random.Next(30_000),
        _ => 1 + _random.Next(600),
    };

    private string Directory() => Directories[_random.Next(Directories.Length)];

    private string File(bool fewPaths)
    {
        var name = Names[_random.Next(fewPaths ? 2 : Names.Length)];
        return _random.Next(fewPaths ? 4 : 2) == 0 ? $"{Directory()}/{name}" : name;
    }

    private IEnumerable<PlannedFault> Faults()
    {
        // Each run knows only some kinds of faults: together they would hide each other's effects.
        var kinds = Enum.GetValues<FaultKind>().Where(kind => kind <= FaultKind.QuickRestart && Chance(3)).ToList();
        if (kinds.Count == 0 || _options.FaultsMax == 0)
            yield break;
        var count = 1 + _random.Next(_options.FaultsMax);
        for (var number = 1; number <= count; number++)
            yield return Fault(number, kinds[_random.Next(kinds.Count)]);
    }

    private IEnumerable<PlannedFault> LaterFaults(int before)
    {
        if (_options.FaultsMax == 0)
            yield break;
        foreach (var kind in LaterKinds)
        {
            // A bad path has an effect only where the node accesses it: there are more of them.
            var (oneIn, most) = kind == FaultKind.BadPath ? (2, 4) : (6, 2);
            for (var count = Chance(oneIn) ? 1 + _random.Next(most) : 0; count > 0; count--)
                yield return Fault(++before, kind);
        }
    }

    private PlannedFault Fault(int number, FaultKind kind) =>
        new(number, Time(_options.Duration), kind, Node(kind), Duration(kind), _random.Next(1_000));

    private int Node(FaultKind kind) => kind switch
    {
        FaultKind.ServerRestored => 0,
        FaultKind.Crash or FaultKind.PowerLoss or FaultKind.Restart or FaultKind.Pause or FaultKind.ClockJump or FaultKind.ClockDrift
            or FaultKind.DiskFull or FaultKind.DiskErrors => _random.Next(_options.Clients + 1),
        _ => 1 + _random.Next(_options.Clients),
    };

    private TimeSpan Duration(FaultKind kind) => kind switch
    {
        FaultKind.Crash or FaultKind.Restart => Time(TimeSpan.FromSeconds(Chance(4) ? 40 : 2)),
        FaultKind.QuickRestart => Time(TimeSpan.FromMilliseconds(500)),
        FaultKind.PowerLoss => Time(TimeSpan.FromSeconds(30)),
        FaultKind.DirectoryAway => Time(Chance(4) ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(9)),
        FaultKind.ServerRestored or FaultKind.ReplicaRestored => TimeSpan.FromSeconds(5) + Time(TimeSpan.FromSeconds(90)),
        _ => Time(TimeSpan.FromSeconds(Chance(3) ? 60 : 8)),
    };

    private TimeSpan Time(TimeSpan below) => TimeSpan.FromTicks((long)(_random.NextUInt64() % (ulong)Math.Max(1, below.Ticks)));

    private bool Chance(int oneIn) => _random.Next(oneIn) == 0;
}

/// <summary>How large a run is.</summary>
internal sealed record PlanOptions
{
    public int Clients { get; init; } = 3;

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(5);

    public int Edits { get; init; } = 200;

    public int FaultsMax { get; init; } = 24;
}
