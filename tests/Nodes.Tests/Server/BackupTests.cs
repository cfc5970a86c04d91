using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Server;

public sealed class BackupTests : Playground
{
    [Fact(Timeout = 240_000)]
    public async Task A_backup_of_a_running_server_is_put_back_and_what_came_after_it_is_not_lost_where_a_replica_has_it()
    {
        var (server, address) = await StartServerAsync();
        await StartClientAsync("a", address);
        await File.WriteAllTextAsync(PathOf("a", "before"), "before");
        await SyncAsync("a");
        var backup = await RunningNode.RunAsync(Executables.Server, "backup", PathOf("backup"), "--data", PathOf("data"));
        Assert.True(backup.ExitCode == 0, backup.Error);
        await File.WriteAllTextAsync(PathOf("a", "after"), "after");
        await SyncAsync("a");
        await AssertWholeAsync("backup");
        await AssertWholeAsync("data");

        Assert.Equal(0, await server.TerminateAsync());
        Assert.Equal(1, (await RunningNode.RunAsync(Executables.Server, "backup", PathOf("backup"), "--restore", "--data", PathOf("data"))).ExitCode);
        Directory.Move(PathOf("data"), PathOf("lost"));
        // A log without its database.
        Directory.CreateDirectory(PathOf("data"));
        await File.WriteAllTextAsync(PathOf("data", "server.db-wal"), "");
        Assert.Equal(1, (await RunningNode.RunAsync(Executables.Server, "backup", PathOf("backup"), "--restore", "--data", PathOf("data"))).ExitCode);
        File.Delete(PathOf("data", "server.db-wal"));
        var restored = await RunningNode.RunAsync(Executables.Server, "backup", PathOf("backup"), "--restore", "--data", PathOf("data"));
        Assert.True(restored.ExitCode == 0, restored.Error);
        await StartServerAsync(address);
        await SyncAsync("a");
        Assert.Equal("after", await File.ReadAllTextAsync(PathOf("a", "after")));
        await AssertWholeAsync("data");
    }

    private async Task AssertWholeAsync(string directory)
    {
        var verified = await RunningNode.RunAsync(Executables.Server, "verify", "--data", PathOf(directory));
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
        Assert.Contains("0 findings", verified.Output);
    }
}
