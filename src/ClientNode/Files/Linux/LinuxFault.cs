using System.Runtime.InteropServices;
using Actors.Replication.Tree;

namespace Actors.Client.Files.Linux;

internal static class LinuxFault
{
    public static FileFaultException Of(string operation, RelativePath path, int errno) =>
        new(Errno.ToFault(errno), operation, path, Marshal.GetPInvokeErrorMessage(errno));

    /// <summary>What concerns the one path comes back; what concerns the file system throws.</summary>
    public static FileFault PathFault(string operation, RelativePath path, int errno)
    {
        var fault = Errno.ToFault(errno);
        return fault is FileFault.NoSpace or FileFault.ReadOnly or FileFault.LimitReached or FileFault.Failed
            ? throw Of(operation, path, errno)
            : fault;
    }
}
