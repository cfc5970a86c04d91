using System.Net;
using System.Net.Sockets;

namespace Actors.Remote;

/// <summary>Dialling.</summary>
internal sealed partial class TcpTransport
{
    private sealed class Attempt(TcpTransport transport, string hostname, Action<IConnection> connected, Action<string> failed) : IDisposable
    {
        private SocketAsyncEventArgs? _args;
        private Socket? _socket;
        private volatile bool _abandoned;

        public void Start(EndPoint endpoint)
        {
            if (transport.TryTakeThreads())
                new Thread(() => Dial(endpoint)) { IsBackground = true, Name = "remoting dial" }.UnsafeStart();
            else
                DialAsync(endpoint);
        }

        public void Dispose()
        {
            _abandoned = true;
            if (_args != null)
                Socket.CancelConnectAsync(_args);
            _socket?.Dispose();
        }

        /// <summary>
        /// A socket that has ever waited asynchronously has the poller woken by all that comes in. So one that is to have
        /// threads of its own is dialled by a thread too.
        /// </summary>
        private void Dial(EndPoint endpoint)
        {
            var socket = endpoint is IPEndPoint ip
                ? new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
                : new Socket(SocketType.Stream, ProtocolType.Tcp);
            _socket = socket;
            var error = SocketError.OperationAborted;
            try
            {
                if (!_abandoned)
                {
                    socket.Connect(endpoint);
                    error = SocketError.Success;
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                error = (e as SocketException)?.SocketErrorCode ?? error;
            }
            _socket = null;
            if (_abandoned || error != SocketError.Success)
                transport.GiveThreadsBack();
            Complete(socket, error, hasThreads: true);
        }

        private void DialAsync(EndPoint endpoint)
        {
            _args = Args((_, args) => CompleteAsync(args));
            _args.RemoteEndPoint = endpoint;
            if (!Socket.ConnectAsync(SocketType.Stream, ProtocolType.Tcp, _args))
                ThreadPool.UnsafeQueueUserWorkItem(args => CompleteAsync(args), _args, preferLocal: false); // never from inside Connect
        }

        private void CompleteAsync(SocketAsyncEventArgs args)
        {
            var socket = args.ConnectSocket;
            var error = args.SocketError;
            args.Dispose();
            Complete(socket, error, hasThreads: false);
        }

        private void Complete(Socket? socket, SocketError error, bool hasThreads)
        {
            if (!_abandoned && error == SocketError.Success && socket != null)
            {
                Hand(socket, hasThreads);
                return;
            }
            socket?.Dispose();
            if (!_abandoned)
                failed(error.ToString());
        }

        private void Hand(Socket socket, bool hasThreads)
        {
            IConnection connection;
            try
            {
                connection = transport.Wrap(socket, hostname, hasThreads);
            }
            catch (SocketException e)
            {
                failed(e.Message);
                return;
            }
            connected(connection);
        }
    }
}
