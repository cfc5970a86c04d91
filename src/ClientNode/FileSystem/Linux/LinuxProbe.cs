using System.Runtime.InteropServices;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Linux;

internal sealed class LinuxProbe(IFileSystem files, int root)
{
    // The file systems on which other machines write, by the magic numbers that statfs tells.
    private static readonly Dictionary<long, string> NetworkTypes = new()
    {
        [0x6969] = "nfs",
        [0x517B] = "smb",
        [0xFF534D42] = "cifs",
        [0xFE534D42] = "smb2",
        [0x65735546] = "fuse",
        [0x01021997] = "9p",
        [0x00C36400] = "ceph",
        [0x5346414F] = "afs",
        [0x73757245] = "coda",
        [0x0BD00BD0] = "lustre",
        [0x01161970] = "gfs2",
        [0x7461636F] = "ocfs2",
    };

    private static readonly Dictionary<long, string> LocalTypes = new()
    {
        [0xEF53] = "ext4",
        [0x58465342] = "xfs",
        [0x9123683E] = "btrfs",
        [0x01021994] = "tmpfs",
        [0x794C7630] = "overlay",
        [0xF2F52010] = "f2fs",
        [0x2FC12FC1] = "zfs",
        [0x4D44] = "vfat",
        [0x2011BAB0] = "exfat",
        [0xCA451A4E] = "bcachefs",
    };

    public unsafe FileSystemTraits Run(RelativePath scratch)
    {
        Libc.StatFsResult result;
        if (Libc.StatFileSystem(root, &result) != 0)
            throw LinuxFault.Of("statfs", RelativePath.Root, Marshal.GetLastPInvokeError());
        // A filesystem type is an unsigned 32-bit number in a signed 64-bit field.
        var type = result.Type & 0xFFFFFFFF;
        var network = NetworkTypes.TryGetValue(type, out var name);
        var first = scratch.Child("probe-1"u8);
        var second = scratch.Child("probe-2"u8);
        _ = files.Delete(first);
        _ = files.Delete(second);
        try
        {
            using var writer = files.Create(first, 0x180);
            files.Create(second, 0x180).Dispose();
            using var reader = files.OpenRead(first);
            return new FileSystemTraits
            {
                Name = name ?? LocalTypes.GetValueOrDefault(type) ?? $"type {type:x}",
                IsNetwork = network,
                KnowsWriters = reader?.Writers() == WriterState.Open,
                ExchangesNames = files.Rename(first, second, RenameMode.Exchange) == FileFault.None,
                RenamesWithoutReplacing = files.Rename(first, second, RenameMode.NoReplace) == FileFault.Exists,
                NamesAreBytes = true,
            };
        }
        finally
        {
            _ = files.Delete(first);
            _ = files.Delete(second);
        }
    }
}
