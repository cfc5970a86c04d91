namespace Actors.Simulation.Disks;

public enum InodeKind
{
    File,
    Directory,
    SymbolicLink,
    Special,
}
