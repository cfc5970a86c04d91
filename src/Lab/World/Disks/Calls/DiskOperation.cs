namespace Actors.Lab.World.Disks;

public enum DiskOperation
{
    Open,
    Read,
    Write,
    SetLength,
    SetMode,
    Sync,
    Stat,
    List,
    MakeDirectory,
    RemoveDirectory,
    Unlink,
    Rename,
    MakeLink,
    SyncDirectory,
    SyncAll,
    Lock,
    Watch,
}
