using System.IO.MemoryMappedFiles;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>Changes of which the system gives no notice: sync finds them before it says that all is equal.</summary>
public sealed class UnnoticedChangeTests : Playground
{
    [Fact(Timeout = 180_000)]
    public async Task What_is_written_through_a_mapping_arrives_while_the_file_is_still_mapped()
    {
        var (_, address) = await StartServerAsync();
        await StartClientAsync("a", address);
        await StartClientAsync("b", address);
        await File.WriteAllTextAsync(PathOf("a", "mapped"), "old bytes");
        await SyncAsync("a");

        using var mapped = MemoryMappedFile.CreateFromFile(PathOf("a", "mapped"), FileMode.Open);
        using var view = mapped.CreateViewAccessor();
        foreach (var text in (string[])["new bytes", "and again"])
        {
            view.WriteArray(0, System.Text.Encoding.ASCII.GetBytes(text), 0, text.Length);
            await SyncAsync("a");
            await SyncAsync("b");
            Assert.Equal(text, Files("b")["mapped"]);
        }
    }
}
