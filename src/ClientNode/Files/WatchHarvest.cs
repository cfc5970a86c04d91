namespace Actors.Client.Files;

/// <summary>Changes since the last harvest. After an overflow anything may have changed: only a scan can tell.</summary>
public sealed record WatchHarvest(IReadOnlyList<WatchedChange> Changes, bool Overflowed)
{
    public static WatchHarvest Empty { get; } = new([], false);
}
