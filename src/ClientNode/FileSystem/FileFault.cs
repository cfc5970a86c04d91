using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

/// <summary>Why the file system did not do what it was asked for.</summary>
public enum FileFault
{
    None,
    NotFound,
    Exists,
    NotEmpty,
    /// <summary>A name on the way is not a directory, or is a symbolic link.</summary>
    NotADirectory,
    IsADirectory,
    /// <summary>The two names lie on different file systems.</summary>
    CrossDevice,
    Denied,
    NameTooLong,
    /// <summary>No file of this file system can have the name.</summary>
    NameInvalid,
    Busy,
    /// <summary>The file system does not know this operation.</summary>
    Unsupported,
    NoSpace,
    ReadOnly,
    /// <summary>No more files can be opened, or no more directories be watched.</summary>
    LimitReached,
    /// <summary>More bytes than one file of this file system, or of this process, can have.</summary>
    TooLarge,
    /// <summary>The medium, or what the file system keeps on it, is broken there.</summary>
    Damaged,
    /// <summary>What serves this part of the tree is gone: a server, a device, a process.</summary>
    Unreachable,
    /// <summary>It is encrypted, and the system does not have the key.</summary>
    KeyMissing,
    Failed,
}

/// <summary>What faults mean for a replica.</summary>
public static class FileFaults
{
    /// <summary>It concerns every path, not only the one at which it occurred.</summary>
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

/// <summary>The file system failed in a way that the operation's results do not name.</summary>
public sealed class FileFaultException(FileFault fault, string operation, RelativePath path, string detail)
    : IOException($"{operation} of '{(path.IsRoot ? "." : path.ToString())}': {detail}")
{
    public FileFault Fault { get; } = fault;
    public RelativePath Path { get; } = path;

    /// <summary>
    /// Whether it concerns more than the one path and what is below it: the whole file system, the process, the replica's
    /// root or the node's own directory.
    /// </summary>
    public bool StopsTheNode => Fault.IsOfAll() || Path.IsRoot || Path.IsReserved;

    /// <summary>
    /// The same for a file of the node's own that gets the content of one path: the content may be what does not fit, or a
    /// place of the disk that is broken, and the next file is written elsewhere.
    /// </summary>
    public bool StopsTheNodeWhileStaging => StopsTheNode && Fault is not (FileFault.TooLarge or FileFault.Damaged or FileFault.Failed);

    /// <summary>Why the path is held.</summary>
    public string Reason => Fault.Reason(Message);

    /// <summary>The fault, where it is an answer about the one path.</summary>
    /// <exception cref="FileFaultException">It is none.</exception>
    public FileFault OrThrow() => Fault.IsOfAll() || (Fault.IsOfTheDisk() && StopsTheNode) ? throw this : Fault;
}
