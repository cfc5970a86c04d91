namespace Actors.Client.FileSystem;

/// <summary>What faults mean for a replica.</summary>
public static class FileFaults
{
    /// <summary>Whatever path it was met at, others would meet it too.</summary>
    public static bool IsOfAll(this FileFault fault) => fault is FileFault.NoSpace or FileFault.ReadOnly or FileFault.LimitReached;

    /// <summary>It says nothing about names: the call would have failed at any other path in that place, too.</summary>
    public static bool IsOfTheDisk(this FileFault fault) =>
        fault is FileFault.Damaged or FileFault.Unreachable or FileFault.KeyMissing or FileFault.Failed;

    /// <summary>Why a path is held, for people.</summary>
    public static string Reason(this FileFault fault, string? details = null) => fault switch
    {
        FileFault.CrossDevice => "it lies on another file system than the replica's root",
        FileFault.Denied => "this node may not read or change it: check owner and mode, of the directories above it too",
        FileFault.NameTooLong => "its name is too long for this file system",
        FileFault.NameInvalid => "no file can have its name on this system",
        FileFault.Busy => "it is in use",
        FileFault.TooLarge => "it is too large for this file system, or for a limit of this process",
        FileFault.Damaged => "the disk cannot read or write it (input/output error): check the disk",
        FileFault.Unreachable => "what is mounted there does not answer any more",
        FileFault.KeyMissing => "it is encrypted, and its key is not there",
        _ => details ?? $"this file system cannot have it ({fault})",
    };
}
