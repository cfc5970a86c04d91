using System.Net;
using System.Net.Sockets;
using Nodes.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Nodes.Tests.Hostile;

/// <summary>Connections that never say who they are cost the server little, and keep no client out.</summary>
public sealed class StrangersTests(ITestOutputHelper output) : Playground
{
    private const int Strangers = 1_000;
    private const long GrowthBytesMax = 50_000_000;

    // The beginning of a TLS record that promises more than ever comes.
    private static readonly byte[] HalfHandshake = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03];

    [Fact(Timeout = 300_000)]
    public async Task A_thousand_silent_connections_neither_keep_a_client_out_nor_make_the_server_grow()
    {
        var (server, address) = await StartServerAsync();
        await StartClientAsync("a", address);
        await FloodAsync(server, address, [], () => StartClientAsync("b", address));
        await File.WriteAllTextAsync(PathOf("a", "one.txt"), "one");
        await SyncAsync("a");
        await SyncAsync("b");
        Assert.Equal(Files("a"), Files("b"));
    }

    [Fact(Timeout = 300_000)]
    public async Task A_thousand_half_done_tls_handshakes_neither_keep_a_client_out_nor_make_the_server_grow()
    {
        using var authority = Certificates.Authority("Ours");
        var tls = new TlsFiles(PathOf("tls"), authority);
        var (server, address) = await StartServerAsync("127.0.0.1:0", "--config", tls.Configuration("server", authority));
        await StartClientAsync("a", address, "--config", tls.Configuration("a", authority));
        await FloodAsync(server, address, HalfHandshake, () => StartClientAsync("b", address, "--config", tls.Configuration("b", authority)));
    }

    private async Task FloodAsync(RunningNode server, string address, byte[] first, Func<Task<RunningNode>> startClient)
    {
        var before = server.ResidentBytes();
        var sockets = new List<Socket>();
        try
        {
            for (var count = 0; count < Strangers; count++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(socket);
                await socket.ConnectAsync(IPEndPoint.Parse(address)).WaitAsync(RunningNode.LineTimeout);
                if (first.Length > 0)
                    await socket.SendAsync(first);
            }
            await startClient();
            var growth = server.PeakResidentBytes() - before;
            output.WriteLine($"{before / 1e6:0} MB before, {growth / 1e6:0} MB more at the most");
            Assert.InRange(growth, 0, GrowthBytesMax);
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }
}
