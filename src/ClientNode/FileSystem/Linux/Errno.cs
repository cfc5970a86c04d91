namespace Actors.Client.FileSystem.Linux;

/// <summary>Error numbers of Linux, the same on x64 and arm64.</summary>
internal static class Errno
{
    public const int EPERM = 1, ENOENT = 2, EINTR = 4, EIO = 5, ENXIO = 6, EAGAIN = 11, ENOMEM = 12, EACCES = 13, EBUSY = 16,
        EEXIST = 17, EXDEV = 18, ENODEV = 19, ENOTDIR = 20, EISDIR = 21, EINVAL = 22, ENFILE = 23, EMFILE = 24, ETXTBSY = 26,
        EFBIG = 27, ENOSPC = 28, EROFS = 30, EDEADLK = 35, ENAMETOOLONG = 36, ENOSYS = 38, ENOTEMPTY = 39, ELOOP = 40,
        EBADMSG = 74, EOVERFLOW = 75, EOPNOTSUPP = 95, ECONNABORTED = 103, ENOTCONN = 107, ESHUTDOWN = 108, ETIMEDOUT = 110,
        ECONNREFUSED = 111, EHOSTDOWN = 112, EHOSTUNREACH = 113, ESTALE = 116, EUCLEAN = 117, EREMOTEIO = 121, EDQUOT = 122, ENOKEY = 126,
        EKEYEXPIRED = 127, EKEYREVOKED = 128, EKEYREJECTED = 129;

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
        // EAGAIN: a lease of another process is in the way.
        EBUSY or ETXTBSY or EAGAIN or EDEADLK => FileFault.Busy,
        ENOSYS or EOPNOTSUPP or EINVAL => FileFault.Unsupported,
        ENOSPC or EDQUOT => FileFault.NoSpace,
        EROFS => FileFault.ReadOnly,
        EMFILE or ENFILE or ENOMEM => FileFault.LimitReached,
        EFBIG or EOVERFLOW => FileFault.TooLarge,
        EIO or EUCLEAN or EBADMSG or EREMOTEIO => FileFault.Damaged,
        ENXIO or ENODEV or ECONNABORTED or ENOTCONN or ESHUTDOWN or ETIMEDOUT or ECONNREFUSED or EHOSTDOWN or EHOSTUNREACH or ESTALE =>
            FileFault.Unreachable,
        ENOKEY or EKEYEXPIRED or EKEYREVOKED or EKEYREJECTED => FileFault.KeyMissing,
        _ => FileFault.Failed,
    };
}
