namespace Actors.Lab.World.Disks;

public sealed record DiskSettings
{
    /// <summary>The number that tells this disk from others.</summary>
    public ulong Device { get; init; } = 1;

    public long CapacityBytes { get; init; } = 1L << 40;

    /// <summary>Times are multiples of this: two writes within a tick have the same time.</summary>
    public long TickNs { get; init; } = 4_000_000;

    /// <summary>Descriptors that all processes together may have open.</summary>
    public int OpenFilesMax { get; init; } = 1_024;

    /// <summary>Events that a watch keeps until they are read; the next one is an overflow instead.</summary>
    public int WatchQueueMax { get; init; } = 16_384;

    /// <summary>Directories that all processes together may watch.</summary>
    public int WatchesMax { get; init; } = 65_536;
}
