namespace Actors.Client.Files;

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
    Failed,
}
