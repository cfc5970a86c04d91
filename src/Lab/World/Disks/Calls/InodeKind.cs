namespace Actors.Lab.World.Disks;

public enum InodeKind
{
    File,
    Directory,
    SymbolicLink,
    Special,
}
