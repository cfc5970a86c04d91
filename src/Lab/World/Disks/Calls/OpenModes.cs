namespace Actors.Lab.World.Disks;

[Flags]
public enum OpenModes
{
    Read = 1,
    Write = 2,
    ReadWrite = Read | Write,
    Create = 4,
    /// <summary>With <see cref="Create"/>: fails where the name is taken.</summary>
    Exclusive = 8,
    Truncate = 16,
}
