namespace Actors.Client.Files.Linux;

/// <summary>Error numbers of Linux, the same on x64 and arm64.</summary>
internal static class Errno
{
    public const int EPERM = 1, ENOENT = 2, EINTR = 4, EIO = 5, EAGAIN = 11, EACCES = 13, EBUSY = 16, EEXIST = 17, EXDEV = 18,
        ENODEV = 19, ENOTDIR = 20, EISDIR = 21, EINVAL = 22, ENFILE = 23, EMFILE = 24, ETXTBSY = 26, ENOSPC = 28, EROFS = 30,
        ENAMETOOLONG = 36, ENOSYS = 38, ENOTEMPTY = 39, ELOOP = 40, EOPNOTSUPP = 95, EDQUOT = 122;

    public static FileFault ToFault(int errno) => errno switch
    {
        0 => FileFault.None,
        ENOENT => FileFault.NotFound,
        EEXIST => FileFault.Exists,
        ENOTEMPTY => FileFault.NotEmpty,
        ENOTDIR or ELOOP => FileFault.NotADirectory,
        EISDIR => FileFault.IsADirectory,
        EXDEV => FileFault.CrossDevice,
        EACCES or EPERM => FileFault.Denied,
        ENAMETOOLONG => FileFault.NameTooLong,
        EBUSY or ETXTBSY => FileFault.Busy,
        ENOSYS or EOPNOTSUPP or EINVAL => FileFault.Unsupported,
        ENOSPC or EDQUOT => FileFault.NoSpace,
        EROFS => FileFault.ReadOnly,
        EMFILE or ENFILE => FileFault.LimitReached,
        _ => FileFault.Failed,
    };
}
