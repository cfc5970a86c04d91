namespace Actors.Lab.World.Disks;

/// <summary>A name in a directory, and where it leads.</summary>
internal readonly record struct NameSlot(Inode Directory, string Name, Inode? Target);
