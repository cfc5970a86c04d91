namespace Actors.Lab.World.Disks;

/// <summary>Why a call failed, in the terms of POSIX.</summary>
internal enum DiskError
{
    None,
    /// <summary>ENOENT</summary>
    NoEntry,
    /// <summary>EEXIST</summary>
    Exists,
    /// <summary>ENOTEMPTY</summary>
    NotEmpty,
    /// <summary>ENOTDIR, also where a symbolic link stands in the way: none is ever followed.</summary>
    NotDirectory,
    /// <summary>EISDIR</summary>
    IsDirectory,
    /// <summary>ELOOP: the last name is a symbolic link.</summary>
    Link,
    /// <summary>EACCES</summary>
    Access,
    /// <summary>ENAMETOOLONG</summary>
    NameTooLong,
    /// <summary>ENOSPC</summary>
    NoSpace,
    /// <summary>EIO</summary>
    InputOutput,
    /// <summary>EFBIG</summary>
    TooLarge,
    /// <summary>ENOTCONN, ESTALE</summary>
    NotConnected,
    /// <summary>ENOKEY</summary>
    KeyMissing,
    /// <summary>EROFS</summary>
    ReadOnly,
    /// <summary>EMFILE</summary>
    TooManyFiles,
    /// <summary>EINVAL</summary>
    Invalid,
    /// <summary>EBADF</summary>
    BadDescriptor,
    /// <summary>EBUSY</summary>
    Busy,
    /// <summary>EXDEV</summary>
    CrossDevice,
}

/// <summary>A call failed as a system call does.</summary>
internal sealed class DiskException(DiskError error, string operation, string path) : IOException($"{operation} {path}: {error}")
{
    public DiskError Error { get; } = error;
}

/// <summary>The process that called is dead. Nothing that it does from here on has an effect.</summary>
internal sealed class ProcessKilledException(string process) : Exception($"{process} was killed");
