using System.Runtime.Versioning;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>Directories that go away, or are hidden, and come back: no other replica loses anything by it.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ComingBackTests : Playground
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact(Timeout = 180_000)]
    public async Task A_directory_that_was_away_behind_a_link_is_deleted_nowhere_and_keeps_its_modes()
    {
        var (a, b, _) = await StartPairAsync(files: 1);
        await HideBehindLinkAsync(a);
        // Long enough for whatever is gone to be believed to be.
        await SyncAsync("a");
        UncoverFromLink();
        await AssertAllIsThereAsync(b, files: 1);
        Assert.Equal(Private, File.GetUnixFileMode(PathOf("b", "d", "f1")));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_directory_that_is_away_when_its_node_is_killed_is_deleted_nowhere()
    {
        var (a, b, address) = await StartPairAsync(files: 1);
        await HideBehindLinkAsync(a);
        await SyncAsync("a");
        UncoverFromLink();
        await a.KillAsync();
        await StartClientAsync("a", address);
        await AssertAllIsThereAsync(b, files: 1);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_directory_that_was_moved_out_and_back_while_the_server_was_away_is_deleted_nowhere()
    {
        var (server, address) = await StartServerAsync();
        var (a, b) = await StartPairAsync(address, files: 8);
        await server.KillAsync();
        Directory.Move(PathOf("a", "d"), PathOf("elsewhere"));
        await a.LineAsync("d/f8 (deleted)");
        Directory.Move(PathOf("elsewhere"), PathOf("a", "d"));
        var (before, beforeB) = (a.Lines().Count, b.Lines().Count);
        await StartServerAsync(address);
        await a.LineAfterAsync(before, "Connected with server as ");
        await b.LineAfterAsync(beforeB, "Connected with server as ");
        await AssertAllIsThereAsync(b, files: 8);
    }

    [MountFact(Timeout = 180_000)]
    public async Task A_directory_over_which_a_file_system_was_mounted_is_deleted_nowhere()
    {
        var (a, b, _) = await StartPairAsync(files: 40);
        // No notice tells of a mount. What was just written is looked at again when its time can be trusted.
        await File.WriteAllTextAsync(PathOf("a", "d", "f1"), "text 1");
        Assert.True(MountFactAttribute.Mount(PathOf("a", "d")));
        try
        {
            await a.LineAsync("Not synced: d: another file system is mounted there");
            await SyncAsync("a");
        }
        finally
        {
            Assert.True(MountFactAttribute.Unmount(PathOf("a", "d")));
        }
        await AssertAllIsThereAsync(b, files: 40);
    }

    [Fact(Timeout = 180_000)]
    public async Task What_comes_back_after_its_deletion_is_committed_again_and_is_no_conflict()
    {
        var (_, b, _) = await StartPairAsync(files: 3);
        Directory.Move(PathOf("a", "d"), PathOf("elsewhere"));
        await b.LineAsync("d (deleted");
        Directory.Move(PathOf("elsewhere"), PathOf("a", "d"));
        await SyncAsync("a");
        await SyncAsync("b");
        Assert.Equal(5, Files("b").Count);
        Assert.Equal(Files("a"), Files("b"));
        Assert.Equal(Private, File.GetUnixFileMode(PathOf("b", "d", "f1")));
    }

    private async Task HideBehindLinkAsync(RunningNode a)
    {
        Directory.Move(PathOf("a", "d"), PathOf("elsewhere"));
        Directory.CreateSymbolicLink(PathOf("a", "d"), "/x");
        await a.LineAsync("Not synced: d: symbolic links are not synced");
    }

    private void UncoverFromLink()
    {
        File.Delete(PathOf("a", "d"));
        Directory.Move(PathOf("elsewhere"), PathOf("a", "d"));
    }

    private async Task<(RunningNode A, RunningNode B, string Address)> StartPairAsync(int files)
    {
        var (_, address) = await StartServerAsync();
        var (a, b) = await StartPairAsync(address, files);
        return (a, b, address);
    }

    /// <summary>Two replicas with so many files in a directory, and two beside it.</summary>
    private async Task<(RunningNode A, RunningNode B)> StartPairAsync(string address, int files)
    {
        var a = await StartClientAsync("a", address);
        var b = await StartClientAsync("b", address);
        Directory.CreateDirectory(PathOf("a", "d"));
        for (var number = 1; number <= files; number++)
            await File.WriteAllTextAsync(PathOf("a", "d", $"f{number}"), $"text {number}");
        await File.WriteAllTextAsync(PathOf("a", "beside-1"), "one");
        await File.WriteAllTextAsync(PathOf("a", "beside-2"), "two");
        await SyncAsync("a");
        await SyncAsync("b");
        File.SetUnixFileMode(PathOf("b", "d", "f1"), Private);
        return (a, b);
    }

    private async Task AssertAllIsThereAsync(RunningNode b, int files)
    {
        await File.WriteAllTextAsync(PathOf("a", "afterwards"), "all that came before has travelled");
        await SyncAsync("a");
        await SyncAsync("b");
        Assert.Equal(files + 3, Files("b").Count);
        Assert.Equal(Files("a"), Files("b"));
        Assert.DoesNotContain(b.Lines(), line => line.Contains("(deleted", StringComparison.Ordinal));
    }
}
