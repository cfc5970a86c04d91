namespace Actors.Client.FileSystem;

/// <summary>Changes since the last harvest, in the order in which they were completed. After an overflow anything may have changed: only a scan can tell.</summary>
public sealed record WatchHarvest(IReadOnlyList<WatchedChange> Changes, bool Overflowed)
{
    public static WatchHarvest Empty { get; } = new([], false);
}
