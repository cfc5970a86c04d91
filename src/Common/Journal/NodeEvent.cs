namespace Actors.Common;

/// <summary>One event of a node's history. Time and node are stamped by the journal.</summary>
public sealed record NodeEvent
{
    public NodeEvent(NodeEventType type, string name)
    {
        Type = type;
        Name = name;
    }

    public NodeEventType Type { get; }

    /// <summary>What happened: one of <see cref="EventNames"/>.</summary>
    public string Name { get; }

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
