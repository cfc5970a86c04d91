namespace Actors.Lab.World.Disks;

public enum WatchEventKind
{
    Created,
    Modified,
    /// <summary>A descriptor that was open for writing was closed.</summary>
    ClosedAfterWrite,
    /// <summary>Mode or times.</summary>
    Attributes,
    Deleted,
    MovedFrom,
    MovedTo,
    /// <summary>The watched directory was moved; its watch goes on.</summary>
    SelfMoved,
    /// <summary>The watched directory is gone, and the watch with it.</summary>
    Ended,
    /// <summary>Events were lost: anything may have happened. The only one that belongs to no watched directory.</summary>
    Overflow,
}
