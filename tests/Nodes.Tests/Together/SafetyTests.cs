using System.Diagnostics;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>What is done to replicas and servers from outside, and must not cost anybody a file.</summary>
public sealed class SafetyTests : Playground
{
    [Fact(Timeout = 180_000)]
    public async Task An_emptied_replica_stops_its_node_and_takes_nothing_from_others_until_that_is_confirmed()
    {
        var (_, address) = await StartServerAsync();
        await StartClientAsync("a", address);
        var emptied = await StartClientAsync("b", address);
        Directory.CreateDirectory(PathOf("a", "all"));
        await File.WriteAllTextAsync(PathOf("a", "all", "one.txt"), "one");
        await File.WriteAllTextAsync(PathOf("a", "all", "two.txt"), "two");
        await SyncAsync("a");
        await SyncAsync("b");

        Directory.Move(PathOf("b", "all"), PathOf("elsewhere"));
        await emptied.LineAsync("Stopped: the replica was emptied");
        var sync = await RunningNode.RunAsync(Executables.Client, "sync", PathOf("b"), "--timeout", "1s");
        Assert.Equal(1, sync.ExitCode);
        Assert.Contains("ClientNode confirm", sync.Error);
        Assert.Equal(2, Files("a").Count);

        Assert.Equal(0, (await RunningNode.RunAsync(Executables.Client, "confirm", PathOf("b"))).ExitCode);
        await emptied.LineAsync("Going on");
        await SyncAsync("b");
        await SyncAsync("a");
        Assert.Empty(Files("a"));
    }

    [Fact(Timeout = 180_000)]
    public async Task An_emptied_replica_goes_on_when_the_last_of_its_files_is_back()
    {
        var (emptied, _) = await StartPairWithTwoFilesAsync();
        Directory.CreateDirectory(PathOf("elsewhere"));
        foreach (var name in (string[])["one.txt", "two.txt"])
            File.Move(PathOf("b", name), PathOf("elsewhere", name));
        await emptied.LineAsync("Stopped: the replica was emptied");

        File.Move(PathOf("elsewhere", "one.txt"), PathOf("b", "one.txt"));
        var sync = await RunningNode.RunAsync(Executables.Client, "sync", PathOf("b"), "--timeout", "3s");
        Assert.Equal(1, sync.ExitCode);
        Assert.Contains("ClientNode confirm", sync.Error);
        Assert.Equal(["one.txt", "two.txt"], Files("a").Keys);

        File.Move(PathOf("elsewhere", "two.txt"), PathOf("b", "two.txt"));
        await emptied.LineAsync("Going on");
        await SyncAsync("b");
        await SyncAsync("a");
        Assert.Equal(["one.txt", "two.txt"], Files("a").Keys);
        Assert.DoesNotContain(emptied.Lines(), line => line.Contains("(deleted)"));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_replica_in_whose_place_is_another_directory_stops_its_node_until_it_is_back()
    {
        var (moved, _) = await StartPairWithTwoFilesAsync();

        Directory.Move(PathOf("b"), PathOf("elsewhere"));
        Directory.CreateDirectory(PathOf("b"));
        await moved.LineAsync("Stopped: the replica's directory was unmounted, moved or replaced");
        await File.WriteAllTextAsync(PathOf("a", "three.txt"), "three");
        await File.WriteAllTextAsync(PathOf("elsewhere", "four.txt"), "four");
        await SyncAsync("a");
        Assert.Equal(["one.txt", "three.txt", "two.txt"], Files("a").Keys);
        Assert.Empty(Directory.EnumerateFileSystemEntries(PathOf("b")));

        Directory.Delete(PathOf("b"));
        Directory.Move(PathOf("elsewhere"), PathOf("b"));
        await moved.LineAsync("Going on");
        await SyncAsync("b");
        await SyncAsync("a");
        Assert.Equal(["four.txt", "one.txt", "three.txt", "two.txt"], Files("a").Keys);
        Assert.Equal(Files("a"), Files("b"));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_replica_that_lost_its_state_stops_its_node_and_is_a_new_one_at_the_next_start()
    {
        var (robbed, address) = await StartPairWithTwoFilesAsync();

        Directory.Delete(PathOf("b", ".actors"), recursive: true);
        await robbed.LineAsync("its .actors directory is gone");
        File.Delete(PathOf("b", "one.txt"));
        await File.WriteAllTextAsync(PathOf("b", "two.txt"), "edited");
        Assert.Equal(0, await robbed.TerminateAsync());
        Assert.False(Directory.Exists(PathOf("b", ".actors")));

        await StartClientAsync("b", address);
        await SyncAsync("b");
        await SyncAsync("a");
        Assert.Equal("one", Files("a")["one.txt"]);
        Assert.Equal("two", Files("a")["two.txt"]);
        Assert.Single(Files("a"), file => file.Value == "edited");
        Assert.Equal(Files("a"), Files("b"));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_copied_replica_is_a_client_of_its_own_from_the_start_and_both_go_on()
    {
        var (_, address) = await StartServerAsync();
        var original = await StartClientAsync("a", address);
        await File.WriteAllTextAsync(PathOf("a", "notes.txt"), "both have it");
        await SyncAsync("a");
        Assert.Equal(0, await original.TerminateAsync());
        await CopyAsync("a", "copy");

        original = await StartClientAsync("a", address);
        var copy = await StartClientAsync("copy", address);
        await File.WriteAllTextAsync(PathOf("a", "a.txt"), "of the original");
        await File.WriteAllTextAsync(PathOf("copy", "copy.txt"), "of the copy");
        await SyncAsync("a");
        await SyncAsync("copy");
        await SyncAsync("a");

        await original.LineAsync("Connected with server as Client 1");
        await copy.LineAsync("Connected with server as Client 2");
        Assert.DoesNotContain(original.Lines().Concat(copy.Lines()), line => line.Contains("new identity"));
        Assert.Equal(["a.txt", "copy.txt", "notes.txt"], Files("a").Keys);
        Assert.Equal(Files("a"), Files("copy"));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_server_that_was_restored_from_a_backup_gets_back_from_its_clients_what_it_has_lost()
    {
        var (server, address) = await StartServerAsync();
        await StartClientAsync("a", address);
        await File.WriteAllTextAsync(PathOf("a", "kept.txt"), "in the backup");
        await File.WriteAllTextAsync(PathOf("a", "changed.txt"), "in the backup");
        await SyncAsync("a");
        Assert.Equal(0, await server.TerminateAsync());
        await CopyAsync("data", "backup");
        (server, _) = await StartServerAsync(address);
        await File.WriteAllTextAsync(PathOf("a", "changed.txt"), "after the backup");
        await File.WriteAllTextAsync(PathOf("a", "new.txt"), "after the backup");
        await SyncAsync("a");
        await server.KillAsync();
        Directory.Delete(PathOf("data"), recursive: true);
        Directory.Move(PathOf("backup"), PathOf("data"));

        await StartServerAsync(address);
        await SyncAsync("a");
        await StartClientAsync("b", address);
        await SyncAsync("b");

        Assert.Equal(Files("a"), Files("b"));
        Assert.Equal("in the backup", Files("b")["kept.txt"]);
        Assert.Equal("after the backup", Files("b")["new.txt"]);
        Assert.Contains(Files("b"), file => file.Key.StartsWith("changed", StringComparison.Ordinal) && file.Value == "after the backup");
    }

    /// <summary>Clients in "a" and "b" that both have one.txt and two.txt.</summary>
    private async Task<(RunningNode Second, string Address)> StartPairWithTwoFilesAsync()
    {
        var (_, address) = await StartServerAsync();
        await StartClientAsync("a", address);
        var second = await StartClientAsync("b", address);
        await File.WriteAllTextAsync(PathOf("a", "one.txt"), "one");
        await File.WriteAllTextAsync(PathOf("a", "two.txt"), "two");
        await SyncAsync("a");
        await SyncAsync("b");
        return (second, address);
    }

    private async Task CopyAsync(string from, string to)
    {
        using var copied = Process.Start("cp", ["-a", PathOf(from), PathOf(to)]);
        await copied.WaitForExitAsync();
        Assert.Equal(0, copied.ExitCode);
    }
}
