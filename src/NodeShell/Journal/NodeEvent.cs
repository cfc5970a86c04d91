using Actors.Messages.Identity;

namespace Actors.NodeShell;

/// <summary>One event of a node's history. Time and node are stamped by the journal.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Name">What happened: one of <see cref="EventNames"/>.</param>
public sealed record NodeEvent(NodeEventType Type, string Name)
{
    /// <summary>Pairs an invoke with its outcome, within one node: for example "push-12".</summary>
    public string? Op { get; init; }

    /// <summary>The epoch's 16 bytes in lower-case hexadecimal.</summary>
    public string? Epoch { get; init; }

    public string? Share { get; init; }

    /// <summary>The path as people read it: '/'-joined, bytes that are not UTF-8 as \xNN.</summary>
    public string? Path { get; init; }

    public ulong? Version { get; init; }

    public ulong? Seq { get; init; }

    /// <summary>SHA-256 of the content in lower-case hexadecimal.</summary>
    public string? Hash { get; init; }

    public long? Bytes { get; init; }
}

/// <summary>The four kinds of events of a history: an operation begins, succeeds, fails; or it is only said.</summary>
public enum NodeEventType
{
    Invoke,
    Ok,
    Fail,
    Info,
}

/// <summary>The words of the history's field "event".</summary>
public static class EventNames
{
    public const string Push = "push";
    public const string Commit = "commit";
    public const string Invalidate = "invalidate";
    public const string Invalidated = "invalidated";
    public const string Pull = "pull";

    /// <summary>A push passed a change that was completed earlier and is not ready: "path".</summary>
    public const string Overtook = "overtook";

    public const string Apply = "apply";
    public const string Conflict = "conflict";
    public const string Join = "join";
    public const string Leave = "leave";
    public const string Read = "read";

    /// <summary>The history has a hole here: "bytes" tells how many events were dropped.</summary>
    public const string Gap = "gap";
}

/// <summary>
/// The words of the history's field "op". The same for what client and server tell of one thing, and never used again:
/// not after a restart, and not for another identity.
/// </summary>
public static class EventOps
{
    public static string Push(PushId push) => $"push-{push.Node}-{push.Counter}";

    public static string Pull(ulong session, ulong request) => $"pull-{session}-{request}";

    /// <param name="node">The node that asks to be admitted.</param>
    /// <param name="instance">Its actor system.</param>
    /// <param name="attempt">Counted by that.</param>
    public static string Join(NodeId node, ulong instance, ulong attempt) => $"join-{node}-{instance:x}-{attempt}";
}
