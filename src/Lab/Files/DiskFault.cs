using Actors.Client.FileSystem;
using Actors.Lab.World.Disks;
using Actors.Messages.Tree;

namespace Actors.Lab.Files;

/// <summary>What the simulated disk's errors are to a node: the same as the numbers of Linux that they stand for.</summary>
internal static class DiskFault
{
    public static FileFault ToFault(DiskError error) => error switch
    {
        DiskError.None => FileFault.None,
        DiskError.NoEntry => FileFault.NotFound,
        DiskError.Exists => FileFault.Exists,
        DiskError.NotEmpty => FileFault.NotEmpty,
        DiskError.NotDirectory or DiskError.Link => FileFault.NotADirectory,
        DiskError.IsDirectory => FileFault.IsADirectory,
        DiskError.Access => FileFault.Denied,
        DiskError.NameTooLong => FileFault.NameTooLong,
        DiskError.Busy => FileFault.Busy,
        DiskError.CrossDevice => FileFault.CrossDevice,
        DiskError.Invalid => FileFault.Unsupported,
        DiskError.NoSpace => FileFault.NoSpace,
        DiskError.ReadOnly => FileFault.ReadOnly,
        DiskError.TooManyFiles => FileFault.LimitReached,
        DiskError.InputOutput => FileFault.Damaged,
        DiskError.TooLarge => FileFault.TooLarge,
        DiskError.NotConnected => FileFault.Unreachable,
        DiskError.KeyMissing => FileFault.KeyMissing,
        _ => FileFault.Failed,
    };

    public static FileFaultException Of(string operation, RelativePath path, DiskError error) =>
        new(ToFault(error), operation, path, error.ToString());

    /// <summary>A fault of this one path is returned; a fault that concerns more is thrown.</summary>
    public static FileFault PathFault(string operation, RelativePath path, DiskError error) =>
        error == DiskError.None ? FileFault.None : Of(operation, path, error).OrThrow();

    /// <summary>Whether this is no fault: there is no such path.</summary>
    public static bool IsNothingThere(string operation, RelativePath path, DiskError error) =>
        PathFault(operation, path, error) is FileFault.NotFound or FileFault.NotADirectory;
}
