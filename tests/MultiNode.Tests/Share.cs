namespace MultiNode.Tests;

/// <summary>
/// A server and its clients in this process: an actor system each, with the nodes' own actors, real files and Akka.Remote over
/// loopback. Under their remoting lie Akka.Remote's own adapters that throttle ("trttl") and fail ("gremlin") a link.
/// </summary>
internal sealed class Share : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("multi-node-").FullName;
    private readonly List<TestClient> _clients = [];

    private Share() => Server = new TestServer(Path.Combine(_directory, "server"), Settings);

    public TestServer Server { get; }

    public IReadOnlyList<TestClient> Clients => _clients;

    /// <summary>What the nodes are configured with, over their defaults.</summary>
    private string Settings => Path.Combine(_directory, "node.conf");

    /// <param name="clients">How many.</param>
    /// <param name="hasAdapters">False: the links are as shipped, and a test makes its faults by other means.</param>
    public static async Task<Share> StartAsync(int clients, bool hasAdapters = true)
    {
        var share = new Share();
        var adapters = hasAdapters ? """akka.remote.dot-netty.tcp.applied-adapters = ["guard", "trttl", "gremlin"]""" : "";
        await File.WriteAllTextAsync(share.Settings, $"akka.loglevel = OFF\n{adapters}");
        share.Server.Start();
        for (var i = 1; i <= clients; i++)
        {
            var client = new TestClient(Path.Combine(share._directory, $"client-{i}"), share.Settings, share.Server);
            share._clients.Add(client);
            await client.StartAsync();
        }
        return share;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await Server.StopAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
