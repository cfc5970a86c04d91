using System.Net;
using System.Net.Sockets;

namespace Actors.Remote;

/// <summary>
/// The transport of real nodes: TCP, with TLS around it when there is a certificate. The only class with sockets. A few
/// connections have threads of their own, which saves the ways between threads; all others share the thread pool.
/// </summary>
internal sealed partial class TcpTransport(TlsSettings? tls, TcpSettings settings) : ITransport
{
    private readonly ReadingWatch _watch = new();
    private Listener? _listener;
    private int _threadsLeft = settings.ThreadsMax;

    public ListenAddress Listen(string hostname, int port, ITransportListener listener)
    {
        Socket? socket = null;
        try
        {
            var address = Resolve(hostname);
            socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen(settings.Backlog);
            var bound = (IPEndPoint)socket.LocalEndPoint!;
            _listener = new Listener(this, socket, listener);
            _listener.Accept();
            return new ListenAddress((bound.Address.Equals(IPAddress.Any) ? OwnAddress() : bound.Address).ToString(), bound.Port);
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            throw new RemoteTransportException($"Cannot listen on {hostname}:{port}: {e.Message}", e);
        }
    }

    public IDisposable Connect(string hostname, int port, Action<IConnection> connected, Action<string> failed)
    {
        var attempt = new Attempt(this, hostname, connected, failed);
        attempt.Start(IPAddress.TryParse(hostname, out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(hostname, port));
        return attempt;
    }

    public void Dispose() => _listener?.Dispose();

    /// <summary>A number by which others may reach a system that listens on every interface.</summary>
    private static IPAddress OwnAddress() =>
        Array.Find(Dns.GetHostAddresses(Dns.GetHostName()), a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a)) ?? IPAddress.Loopback;

    private static IPAddress Resolve(string hostname)
    {
        if (hostname == "")
            return IPAddress.Any;
        if (IPAddress.TryParse(hostname, out var address))
            return address;
        var addresses = Dns.GetHostAddresses(hostname);
        return Array.Find(addresses, a => a.AddressFamily == AddressFamily.InterNetwork) ?? addresses[0];
    }

    /// <summary>Makes a connection of a socket, on threads of its own if it was granted them.</summary>
    /// <exception cref="SocketException">The socket was reset meanwhile; it is closed, and its threads given back.</exception>
    private IConnection Wrap(Socket socket, string? dialedHostname, bool hasThreads)
    {
        try
        {
            socket.NoDelay = true;
            if (settings.SendBufferBytes > 0)
                socket.SendBufferSize = settings.SendBufferBytes;
            if (settings.ReceiveBufferBytes > 0)
                socket.ReceiveBufferSize = settings.ReceiveBufferBytes;
            var peer = socket.RemoteEndPoint?.ToString() ?? "unknown";
            if (hasThreads)
                return new ThreadedConnection(this, socket, peer);
            return tls == null
                ? new PooledConnection(socket, peer)
                : new TlsConnection(new NetworkStream(socket, ownsSocket: true), tls, dialedHostname, peer);
        }
        catch (SocketException)
        {
            socket.Dispose();
            if (hasThreads)
                GiveThreadsBack();
            throw;
        }
    }

    /// <summary>Whether one more connection may have threads of its own.</summary>
    private bool TryTakeThreads()
    {
        if (tls != null)
            return false; // its streams have to wait asynchronously
        if (Interlocked.Decrement(ref _threadsLeft) >= 0)
            return true;
        GiveThreadsBack();
        return false;
    }

    private void GiveThreadsBack() => Interlocked.Increment(ref _threadsLeft);

    private static SocketAsyncEventArgs Args(EventHandler<SocketAsyncEventArgs> completed)
    {
        var args = new SocketAsyncEventArgs(true);
        args.Completed += completed;
        return args;
    }
}
