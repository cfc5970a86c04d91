using System.Net.Sockets;
using System.Runtime.InteropServices;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Connections on the thread pool.</summary>
internal sealed partial class TcpTransport
{
    /// <summary>A connection whose callbacks run on the thread pool.</summary>
    private sealed class PooledConnection : IConnection
    {
        private readonly Socket _socket;
        private readonly SocketAsyncEventArgs _receive;
        private readonly SocketAsyncEventArgs _send;
        private IConnectionHandler _handler = null!;
        private string? _sendFailure;

        public PooledConnection(Socket socket, string peer)
        {
            _socket = socket;
            Peer = peer;
            _receive = Args((_, _) => { if (Received()) Receive(); RunKept(); });
            _send = Args((_, _) => { Sent(); _handler.OnWritten(); });
        }

        public string Peer { get; }

        public void Open(IConnectionHandler handler)
        {
            _handler = handler;
            Receive();
            RunElsewhere(); // whoever opens has work of its own
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
                FreeThread.OfPool.HandOverKept();
                FreeThread.OfPool.Keep(); // what comes alone is handled here, once the next read waits
                _handler.OnReceived(_receive.BytesTransferred);
                return true;
            }
            End(_sendFailure ?? (_receive.SocketError == SocketError.Success ? null : _receive.SocketError.ToString()));
            return false;
        }

        private static void RunKept()
        {
            FreeThread.OfPool.Release();
            FreeThread.OfPool.TryRun();
        }

        private static void RunElsewhere()
        {
            FreeThread.OfPool.Release();
            FreeThread.OfPool.HandOverKept();
        }

        private void End(string? cause)
        {
            _socket.Dispose();
            _handler.OnClosed(cause);
            _receive.Dispose();
        }
    }
}
