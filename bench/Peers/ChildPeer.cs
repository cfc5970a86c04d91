using System.Diagnostics;
using System.Globalization;

namespace Actors.Bench.Peers;

/// <summary>A second process of this program: the other end of every remoting figure and of the bare sockets that they are compared with.</summary>
internal sealed class ChildPeer : IAsyncDisposable
{
    public const string Verb = "peer";
    private readonly Process _process;

    private ChildPeer(Process process, int actorPort, int socketPort)
    {
        _process = process;
        ActorPort = actorPort;
        SocketPort = socketPort;
    }

    public int ActorPort { get; }

    public int SocketPort { get; }

    public static async Task<ChildPeer> StartAsync()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Started as "dotnet Bench.dll" the process path is dotnet's own.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(ChildPeer).Assembly.Location);
        start.ArgumentList.Add(Verb);
        var process = Process.Start(start) ?? throw new BenchException("the peer process did not start");
        string[] ready = (await process.StandardOutput.ReadLineAsync())?.Split(' ') ?? [];
        return ready is ["ready", var actorPort, var socketPort]
            ? new ChildPeer(process, int.Parse(actorPort, CultureInfo.InvariantCulture), int.Parse(socketPort, CultureInfo.InvariantCulture))
            : throw new BenchException("the peer process ended before it was ready");
    }

    /// <summary>How many bytes the peer has allocated since it started.</summary>
    public async Task<long> AllocatedBytesAsync()
    {
        await _process.StandardInput.WriteLineAsync(PeerHost.AllocatedCommand);
        string? answer = await _process.StandardOutput.ReadLineAsync();
        return long.Parse(answer ?? throw new BenchException("the peer process is gone"), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        // The end of its input ends the peer.
        _process.StandardInput.Close();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
        }
        catch (TimeoutException)
        {
            _process.Kill();
        }
        _process.Dispose();
    }
}
