using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Server;

public sealed class ServerDataTests : Playground
{
    [Fact(Timeout = 240_000)]
    public async Task A_server_whose_data_directory_is_taken_away_says_so_and_acknowledges_nothing_until_it_is_back()
    {
        var (server, address) = await StartServerAsync();
        await StartClientAsync("a", address);
        await SyncAsync("a");

        Directory.Move(PathOf("data"), PathOf("elsewhere"));
        await server.LineAsync("The server cannot write and takes no updates until this is fixed: its directory");
        var status = await RunningNode.RunAsync(Executables.Server, "status", "--listen", address);
        Assert.Contains($"It cannot write: its directory, {PathOf("data")}, was removed, moved or replaced", status.Output);
        await File.WriteAllTextAsync(PathOf("a", "notes.txt"), "not lost");
        Assert.Equal(1, (await RunningNode.RunAsync(Executables.Client, "sync", PathOf("a"), "--timeout", "2s")).ExitCode);

        Directory.Move(PathOf("elsewhere"), PathOf("data"));
        await server.LineAsync("The server can write again and goes on");
        await SyncAsync("a");
        Assert.DoesNotContain(server.Lines(), line => line.Contains("   at ") || line.Contains("Exception"));
    }
}
