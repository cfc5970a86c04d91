using System.Runtime.InteropServices;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Linux;

internal static class LinuxFault
{
    public static FileFaultException Of(string operation, RelativePath path, int errno) =>
        new(Errno.ToFault(errno), operation, path, Marshal.GetPInvokeErrorMessage(errno));

    /// <summary>What concerns the one path comes back; what concerns more throws.</summary>
    public static FileFault PathFault(string operation, RelativePath path, int errno) =>
        errno == 0 ? FileFault.None : Of(operation, path, errno).OrThrow();
}
