namespace Actors.Lab.World.Network;

/// <summary>What really happened in a network.</summary>
public sealed class NetworkCounts
{
    public long Connections { get; internal set; }
    public long BytesDelivered { get; internal set; }
    public long MessagesLost { get; internal set; }
    public long ConnectionsReset { get; internal set; }
    /// <summary>Resets that took bytes along.</summary>
    public long ResetsWithLoss { get; internal set; }
    public long WritesHeldByBlock { get; internal set; }
    /// <summary>Reads after which there was more to read, but not for the receiver.</summary>
    public long SlowReads { get; internal set; }
}
