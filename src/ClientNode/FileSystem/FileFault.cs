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
    /// <summary>Whatever answers for this part of the tree is gone: a server, a device, a process.</summary>
    Unreachable,
    /// <summary>It is encrypted, and the system does not have the key.</summary>
    KeyMissing,
    Failed,
}
