using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>The transport of real nodes: TCP, with TLS around it when there is a certificate. The only file with sockets.</summary>
internal sealed class TcpTransport(TlsSettings? tls, TcpSettings settings) : ITransport
{
    private Listener? _listener;

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

    private IConnection Wrap(Socket socket, string? dialedHostname)
    {
        socket.NoDelay = true;
        if (settings.SendBufferBytes > 0)
            socket.SendBufferSize = settings.SendBufferBytes;
        if (settings.ReceiveBufferBytes > 0)
            socket.ReceiveBufferSize = settings.ReceiveBufferBytes;
        var peer = socket.RemoteEndPoint?.ToString() ?? "unknown";
        return tls == null
            ? new TcpConnection(socket, peer)
            : new TlsConnection(new NetworkStream(socket, ownsSocket: true), tls, dialedHostname, peer);
    }

    private static SocketAsyncEventArgs Args(EventHandler<SocketAsyncEventArgs> completed)
    {
        var args = new SocketAsyncEventArgs(true);
        args.Completed += completed;
        return args;
    }

    private sealed class Listener(TcpTransport transport, Socket socket, ITransportListener listener) : IDisposable
    {
        private volatile bool _stopped;

        public void Accept()
        {
            var args = Args((_, completed) => { if (Take(completed)) Continue(completed); });
            Continue(args);
        }

        public void Dispose()
        {
            _stopped = true;
            socket.Dispose();
        }

        private void Continue(SocketAsyncEventArgs args)
        {
            try
            {
                do
                    args.AcceptSocket = null;
                while (!socket.AcceptAsync(args) && Take(args));
            }
            catch (ObjectDisposedException)
            {
                args.Dispose();
            }
        }

        /// <summary>False when the listener was stopped.</summary>
        private bool Take(SocketAsyncEventArgs args)
        {
            if (args.SocketError == SocketError.Success)
                Hand(args.AcceptSocket!);
            else if (!_stopped)
                listener.OnAcceptFailed(args.SocketError.ToString());
            return !_stopped;
        }

        private void Hand(Socket accepted)
        {
            try
            {
                listener.OnAccepted(transport.Wrap(accepted, dialedHostname: null));
            }
            catch (SocketException e)
            {
                accepted.Dispose(); // reset between accept and here
                listener.OnAcceptFailed(e.Message);
            }
        }
    }

    private sealed class Attempt(TcpTransport transport, string hostname, Action<IConnection> connected, Action<string> failed) : IDisposable
    {
        private SocketAsyncEventArgs? _args;
        private volatile bool _abandoned;

        public void Start(EndPoint endpoint)
        {
            _args = Args((_, args) => Complete(args));
            _args.RemoteEndPoint = endpoint;
            if (!Socket.ConnectAsync(SocketType.Stream, ProtocolType.Tcp, _args))
                ThreadPool.UnsafeQueueUserWorkItem(args => Complete(args), _args, preferLocal: false); // never from inside Connect
        }

        public void Dispose()
        {
            _abandoned = true;
            if (_args != null)
                Socket.CancelConnectAsync(_args);
        }

        private void Complete(SocketAsyncEventArgs args)
        {
            var socket = args.ConnectSocket;
            var error = args.SocketError;
            args.Dispose();
            if (_abandoned)
                socket?.Dispose();
            else if (error != SocketError.Success || socket == null)
                failed(error.ToString());
            else
                Hand(socket);
        }

        private void Hand(Socket socket)
        {
            IConnection connection;
            try
            {
                connection = transport.Wrap(socket, hostname);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                failed(e.Message);
                return;
            }
            connected(connection);
        }
    }

    private sealed class TcpConnection : IConnection
    {
        private readonly Socket _socket;
        private readonly SocketAsyncEventArgs _receive;
        private readonly SocketAsyncEventArgs _send;
        private IConnectionHandler _handler = null!;
        private string? _sendFailure;

        public TcpConnection(Socket socket, string peer)
        {
            _socket = socket;
            Peer = peer;
            _receive = Args((_, _) => { if (Received()) Receive(); FreeThread.Run(); });
            _send = Args((_, _) => { Sent(); _handler.OnWritten(); });
        }

        public string Peer { get; }

        public void Open(IConnectionHandler handler)
        {
            _handler = handler;
            Receive();
            FreeThread.Release(); // whoever opens has work of its own
        }

        public WriteResult Write(ReadOnlyMemory<byte> bytes)
        {
            try
            {
                _send.SetBuffer(MemoryMarshal.AsMemory(bytes));
                if (_socket.SendAsync(_send))
                    return WriteResult.Pending;
                Sent();
                return _send.SocketError == SocketError.Success ? WriteResult.Done : WriteResult.Broken;
            }
            catch (ObjectDisposedException)
            {
                return WriteResult.Broken; // aborted meanwhile: the reading side says so
            }
        }

        public void CloseSending()
        {
            try
            {
                _socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                Abort(); // the other side was faster
            }
        }

        public void Abort() => _socket.Dispose();

        private void Sent()
        {
            if (_send.SocketError == SocketError.Success)
                return;
            _sendFailure ??= _send.SocketError.ToString();
            Abort();
        }

        private void Receive()
        {
            try
            {
                do
                    _receive.SetBuffer(_handler.GetReceiveBuffer());
                while (!_socket.ReceiveAsync(_receive) && Received());
            }
            catch (ObjectDisposedException)
            {
                End(_sendFailure ?? "closed by this side");
            }
        }

        private bool Received()
        {
            if (_receive.SocketError == SocketError.Success && _receive.BytesTransferred > 0)
            {
                FreeThread.Release();
                FreeThread.Keep(); // what comes alone is handled here, once the next read waits
                _handler.OnReceived(_receive.BytesTransferred);
                return true;
            }
            End(_sendFailure ?? (_receive.SocketError == SocketError.Success ? null : _receive.SocketError.ToString()));
            return false;
        }

        private void End(string? cause)
        {
            _socket.Dispose();
            _handler.OnClosed(cause);
            _receive.Dispose();
        }
    }
}
