using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

public sealed class VanishedClientTests : Playground
{
    [Fact(Timeout = 180_000)]
    public async Task A_killed_client_has_left_when_its_connection_ends()
    {
        // Death watch would tell it as well, after this pause.
        await File.WriteAllTextAsync(PathOf("server.conf"), "akka.remote.watch-failure-detector.acceptable-heartbeat-pause = 1000s");
        var (server, address) = await StartServerAsync("127.0.0.1:0", "--config", PathOf("server.conf"));
        var client = await StartClientAsync("a", address);
        await SyncAsync("a");

        await client.KillAsync();

        await server.LineAsync("Client 1 has left");
    }
}
