using System.Net;
using System.Net.Sockets;

namespace Actors.Bench.Nodes;

/// <summary>A server and some clients, each a process of its own as users start them, in a directory that is removed afterwards.</summary>
internal sealed class NodeCluster : IDisposable
{
    private readonly Dictionary<int, NodeProcess> _clients = [];
    private readonly string[] _serverConfig;
    private readonly string[] _clientConfig;
    private bool _isDisposed;

    /// <param name="config">The file that every node is given by --config; null: none.</param>
    /// <param name="serverSettings">What the server is told beside that; null: nothing.</param>
    public NodeCluster(string? config, string? serverSettings)
    {
        Root = Directory.CreateTempSubdirectory("actors-bench-").FullName;
        _clientConfig = config is null ? [] : ["--config", config];
        _serverConfig = _clientConfig;
        if (serverSettings is not null)
        {
            string file = Path.Combine(Root, "server.conf");
            File.WriteAllText(file, $"{(config is null ? "" : File.ReadAllText(config))}\n{serverSettings}\n");
            _serverConfig = ["--config", file];
        }
        Address = $"127.0.0.1:{FreePort()}";
        Server = LaunchServer();
    }

    /// <summary>The directory of everything that the cluster writes.</summary>
    public string Root { get; }

    /// <summary>Where the server listens.</summary>
    public string Address { get; }

    public NodeProcess Server { get; private set; }

    /// <summary>Of all nodes together.</summary>
    public TimeSpan ProcessorTime => _clients.Values.Aggregate(Server.ProcessorTime, (sum, client) => sum + client.ProcessorTime);

    public NodeProcess Client(int number) => _clients[number];

    /// <summary>The directory of a replica, created if it is not there; its client need not run yet.</summary>
    public string Replica(int number) => Directory.CreateDirectory(Path.Combine(Root, $"replica-{number}")).FullName;

    public void StartClient(int number) =>
        _clients.Add(number, NodeProcess.Start(NodePrograms.Client, ["run", Replica(number), "--server", Address, .. _clientConfig]));

    /// <summary>At once, without an orderly end.</summary>
    public void EndServer() => Server.Dispose();

    /// <summary>Again, with its data.</summary>
    public void StartServer() => Server = LaunchServer();

    /// <summary>Waits until a replica and the server agree.</summary>
    /// <exception cref="BenchException">They do not within the time.</exception>
    public async Task SyncAsync(int number, TimeSpan timeout, TimeProvider clock)
    {
        long start = clock.GetTimestamp();
        string problem;
        do
        {
            // A client that has just been started has no control socket yet.
            (int exitCode, problem) = await NodeProcess.RunAsync(NodePrograms.Client, "sync", Replica(number), "--timeout", $"{timeout.TotalSeconds:0}s");
            if (exitCode == 0)
                return;
        }
        while (clock.GetElapsedTime(start) < timeout);
        throw new BenchException($"replica {number} does not sync: {problem.Trim()}");
    }

    /// <summary>Starts the clients 1 to <paramref name="count"/> and waits until they agree.</summary>
    public async Task StartClientsAsync(int count, TimeProvider clock)
    {
        for (int number = 1; number <= count; number++)
            StartClient(number);
        for (int number = 1; number <= count; number++)
            await SyncAsync(number, TimeSpan.FromSeconds(30), clock);
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        foreach (var client in _clients.Values)
            client.Dispose();
        Server.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private NodeProcess LaunchServer() =>
        NodeProcess.Start(NodePrograms.Server, ["run", "--listen", Address, "--console", "off", "--data", Path.Combine(Root, "server-data"), .. _serverConfig]);

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
