using System.Net.Sockets;

namespace Actors.Remote;

/// <summary>Accepting.</summary>
internal sealed partial class TcpTransport
{
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
                listener.OnAccepted(transport.Wrap(accepted, dialedHostname: null, transport.TryTakeThreads()));
            }
            catch (SocketException e)
            {
                listener.OnAcceptFailed(e.Message); // reset between accept and here
            }
        }
    }
}
