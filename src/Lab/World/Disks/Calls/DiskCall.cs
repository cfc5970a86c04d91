namespace Actors.Lab.World.Disks;

/// <summary>One call of a process. For a call on a descriptor the path is the one that was opened.</summary>
public readonly record struct DiskCall(DiskProcess Process, DiskOperation Operation, DiskPath At)
{
    public string Path => At.ToString();

    /// <summary>The other name of a call that has two.</summary>
    public DiskPath? To { get; init; }

    public override string ToString() => $"{Process.Name} {Operation} {Path}";
}
