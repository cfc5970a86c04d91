using System.Net;
using System.Net.Sockets;

namespace Actors.Bench.Nodes;

/// <summary>A server and some clients, each a process of its own as users start them, in a directory that is removed afterwards.</summary>
internal sealed class NodeCluster : IDisposable
{
    private readonly List<NodeProcess> _nodes = [];
    private readonly string _address = $"127.0.0.1:{FreePort()}";

    public NodeCluster() =>
        _nodes.Add(NodeProcess.Start("ServerNode", "run", "--listen", _address, "--console", "off", "--data", Path.Combine(Root, "server-data")));

    /// <summary>The directory of everything that the cluster writes.</summary>
    public string Root { get; } = Directory.CreateTempSubdirectory("actors-bench-").FullName;

    /// <summary>The directory of a replica, created if it is not there; its client need not run yet.</summary>
    public string Replica(int number) => Directory.CreateDirectory(Path.Combine(Root, $"replica-{number}")).FullName;

    public void StartClient(int number) => _nodes.Add(NodeProcess.Start("ClientNode", "run", Replica(number), "--server", _address));

    /// <summary>Waits until a replica and the server agree.</summary>
    /// <exception cref="BenchException">They do not within the time.</exception>
    public async Task SyncAsync(int number, TimeSpan timeout, TimeProvider clock)
    {
        long start = clock.GetTimestamp();
        string problem;
        do
        {
            // A client that has just been started has no control socket yet.
            (int exitCode, problem) = await NodeProcess.RunAsync("ClientNode", "sync", Replica(number), "--timeout", $"{timeout.TotalSeconds:0}s");
            if (exitCode == 0)
                return;
        }
        while (clock.GetElapsedTime(start) < timeout);
        throw new BenchException($"replica {number} does not sync: {problem.Trim()}");
    }

    public void Dispose()
    {
        foreach (var node in Enumerable.Reverse(_nodes))
            node.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
