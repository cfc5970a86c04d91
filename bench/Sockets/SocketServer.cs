using System.Net;
using System.Net.Sockets;

namespace Actors.Bench.Sockets;

/// <summary>The far end of the bare sockets: one thread per connection, blocking calls, nothing between it and the kernel.</summary>
internal sealed class SocketServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    public static SocketServer Start()
    {
        var server = new SocketServer();
        server._listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        server._listener.Listen();
        new Thread(server.Accept) { IsBackground = true, Name = "socket accept" }.Start();
        return server;
    }

    public void Dispose() => _listener.Dispose();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var connection = _listener.Accept();
                connection.NoDelay = true;
                new Thread(() => Serve(connection)) { IsBackground = true, Name = "socket serve" }.Start();
            }
        }
        catch (SocketException)
        {
            // The listener was closed: the run is over.
        }
    }

    private static void Serve(Socket connection)
    {
        using (connection)
        {
            var link = new SocketLink(connection);
            if (link.TryReceiveHello(out int messageBytes, out int acknowledgeEvery))
                link.Acknowledge(messageBytes, acknowledgeEvery);
        }
    }
}
