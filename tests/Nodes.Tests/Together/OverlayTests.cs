using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>A replica on an overlay, as in a container: a directory of the layer below cannot be renamed there.</summary>
public sealed class OverlayTests : Playground
{
    [MountFact(Timeout = 180_000)]
    public async Task A_directory_of_the_layer_below_that_becomes_a_file_elsewhere_becomes_one()
    {
        var (_, address) = await StartServerAsync();
        var layers = Directory.CreateDirectory(PathOf("layers")).FullName;
        var replica = Directory.CreateDirectory(PathOf("a")).FullName;
        Assert.True(MountFactAttribute.Mount(layers));
        try
        {
            Directory.CreateDirectory(Path.Combine(layers, "lower", "d"));
            await File.WriteAllTextAsync(Path.Combine(layers, "lower", "d", "f"), "in the directory");
            Assert.True(MountFactAttribute.MountOverlay(layers, replica));
            try
            {
                await OnOverlayAsync(address);
            }
            finally
            {
                Assert.True(MountFactAttribute.Unmount(replica));
            }
        }
        finally
        {
            Assert.True(MountFactAttribute.Unmount(layers));
        }
    }

    private async Task OnOverlayAsync(string address)
    {
        var node = await StartClientAsync("a", address);
        try
        {
            await StartClientAsync("b", address);
            await SyncAsync("a");
            await SyncAsync("b");

            Directory.Delete(PathOf("b", "d"), recursive: true);
            await File.WriteAllTextAsync(PathOf("b", "d"), "a file now");
            await SyncAsync("b");
            await SyncAsync("a");

            Assert.Equal(new SortedDictionary<string, string> { ["d"] = "a file now" }, Files("a"));
        }
        finally
        {
            // A replica whose node runs cannot be unmounted.
            await node.TerminateAsync();
        }
    }
}
