using System.Diagnostics;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>What a file of others is on this disk: its mode, and the room that it takes.</summary>
public sealed class ReceivedFileTests : Playground
{
    private const int AboveInlineBytes = 300_000;

    [Fact(Timeout = 180_000)]
    public async Task A_mask_of_the_node_holds_for_what_it_receives_whatever_its_size()
    {
        var (_, address) = await StartServerAsync();
        var guarded = Start("/bin/sh", "-c", "umask 077; exec \"$0\" \"$@\"", Executables.Client, "run", PathOf("a"), "--server", address);
        await guarded.LineAsync("Connected with server as ");
        await StartClientAsync("b", address);

        await File.WriteAllTextAsync(PathOf("b", "small"), "few bytes");
        await File.WriteAllBytesAsync(PathOf("b", "large"), new byte[AboveInlineBytes]);
        await SyncAsync("b");
        await SyncAsync("a");

        Assert.Equal("600", Told("%a", PathOf("a", "small")));
        Assert.Equal("600", Told("%a", PathOf("a", "large")));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_sparse_file_arrives_with_its_holes()
    {
        const int bytes = 64 << 20;
        var (_, address) = await StartServerAsync();
        await StartClientAsync("a", address);
        await StartClientAsync("b", address);

        await using (var file = new FileStream(PathOf("sparse"), FileMode.CreateNew))
        {
            file.SetLength(bytes);
            file.Position = bytes / 2;
            file.Write("in the middle"u8);
        }
        File.Move(PathOf("sparse"), PathOf("b", "sparse"));
        await SyncAsync("b");
        await SyncAsync("a");

        Assert.Equal(await File.ReadAllBytesAsync(PathOf("b", "sparse")), await File.ReadAllBytesAsync(PathOf("a", "sparse")));
        Assert.InRange(int.Parse(Told("%b", PathOf("a", "sparse"))) * 512, 1, 1 << 20);
    }

    /// <summary>What stat says of a file.</summary>
    private static string Told(string format, string path)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", format, path]) { RedirectStandardOutput = true })!;
        var told = stat.StandardOutput.ReadToEnd();
        stat.WaitForExit();
        return told.Trim();
    }
}
