namespace Actors.Lab.World.Disks;

/// <summary>A name in a directory, as bytes, and what it leads to.</summary>
public readonly record struct DiskItem(ReadOnlyMemory<byte> Name, InodeKind Kind);
