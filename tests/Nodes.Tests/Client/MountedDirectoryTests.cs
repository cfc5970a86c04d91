using Actors.Client.FileSystem.Linux;
using Actors.Messages.Tree;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Client;

public sealed class MountedDirectoryTests
{
    [MountFact]
    public void A_directory_over_which_a_file_system_was_mounted_is_not_taken_for_flushed()
    {
        var root = Directory.CreateTempSubdirectory("mounted-").FullName;
        var directory = Directory.CreateDirectory(Path.Combine(root, "d")).FullName;
        Assert.True(MountFactAttribute.Mount(root));
        try
        {
            // The replica's root is a mount point of its own, which hides nothing of the replica.
            Directory.CreateDirectory(directory);
            using var files = LinuxFileSystem.Open(root);
            Assert.True(files.FlushDirectory(RelativePath.Root));
            Assert.True(files.FlushDirectory(RelativePath.Parse("d")));
            Assert.True(MountFactAttribute.Mount(directory));
            Assert.False(files.FlushDirectory(RelativePath.Parse("d")));
            Assert.True(MountFactAttribute.Unmount(directory));
            Assert.True(files.FlushDirectory(RelativePath.Parse("d")));
        }
        finally
        {
            _ = MountFactAttribute.Unmount(directory);
            _ = MountFactAttribute.Unmount(root);
            Directory.Delete(root, recursive: true);
        }
    }
}
