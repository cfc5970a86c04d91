namespace Actors.Lab.World.Disks;

/// <summary>A call failed as a system call does.</summary>
public sealed class DiskException(DiskError error, string operation, string path) : IOException($"{operation} {path}: {error}")
{
    public DiskError Error { get; } = error;
}
