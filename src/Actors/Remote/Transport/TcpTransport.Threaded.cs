using System.Diagnostics;
using System.Net.Sockets;
using Actors.Runtime;

namespace Actors.Remote;

#pragma warning disable RS0030 // This adapter measures its own threads; nobody else sees these times.

/// <summary>Connections with threads of their own.</summary>
internal sealed partial class TcpTransport
{
    /// <summary>
    /// A connection with a thread that waits for what comes in, and runs the actors that it is for: a question is answered
    /// without waking another thread. A second thread, started when it is first needed, writes what the system's buffer
    /// has no room for.
    /// </summary>
    private sealed class ThreadedConnection(TcpTransport transport, Socket socket, string peer) : IConnection
    {
        /// <summary>Actors that run longer than this on the reading thread run on the pool for the next reads.</summary>
        private static readonly TimeSpan RunMax = TimeSpan.FromMicroseconds(100);

        /// <summary>So many long runs in succession are no accident.</summary>
        private const int LongRunsMax = 4;

        /// <summary>For so many reads others run what comes in, before this thread tries again.</summary>
        private const int ReadsForOthers = 64;

        /// <summary>How long a thread stays awake for an answer that should be near.</summary>
        private static readonly TimeSpan AwakeMax = TimeSpan.FromMicroseconds(50);

        /// <summary>About a microsecond between two looks.</summary>
        private const int SpinsPerLook = 10;

        /// <summary>So many arrivals, each within <see cref="AwakeMax"/>, make the next one likely.</summary>
        private const int CloseArrivalsMin = 8;

        /// <summary>Guards what the writing thread waits for.</summary>
        private readonly object _gate = new();
        private IConnectionHandler _handler = null!;
        private ReadOnlyMemory<byte> _unwritten;
        private bool _hasWriter;
        private bool _hasEnded;
        private volatile bool _isWriting;
        private volatile string? _sendFailure;
        private int _readsForOthers;
        private int _longRuns;
        private int _closeArrivals;

        public string Peer => peer;

        public void Open(IConnectionHandler handler)
        {
            _handler = handler;
            socket.Blocking = false; // nobody but the two threads here ever waits for this socket
            StartReading();
        }

        public WriteResult Write(ReadOnlyMemory<byte> bytes)
        {
            var sent = Send(bytes.Span);
            if (sent < 0)
                return WriteResult.Broken;
            if (sent == bytes.Length)
                return WriteResult.Done;
            lock (_gate)
            {
                if (_hasEnded)
                    return WriteResult.Broken;
                _unwritten = bytes[sent..];
                _isWriting = true;
                if (_hasWriter)
                    Monitor.Pulse(_gate);
                else
                    new Thread(WriteLoop) { IsBackground = true, Name = "remoting write " + peer }.UnsafeStart();
                _hasWriter = true;
            }
            return WriteResult.Pending;
        }

        public void CloseSending()
        {
            try
            {
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                Abort(); // the other side was faster
            }
        }

        public void Abort() => socket.Dispose();

        private void StartReading()
        {
            var turn = new ReadingTurn(ReadOn);
            transport._watch.Add(turn);
            new Thread(() => Read(turn)) { IsBackground = true, Name = "remoting read " + peer }.UnsafeStart();
        }

        /// <summary>The reading thread is held up by an actor: another one reads.</summary>
        private void ReadOn()
        {
            _readsForOthers = ReadsForOthers;
            StartReading();
        }

        private void Read(ReadingTurn turn)
        {
            string? cause = null;
            try
            {
                while (true)
                {
                    Wait();
                    var count = socket.Receive(_handler.GetReceiveBuffer().Span, SocketFlags.None, out var error);
                    if (error is SocketError.WouldBlock or SocketError.Interrupted)
                        continue;
                    if (error != SocketError.Success)
                        cause = error.ToString();
                    if (count <= 0 || error != SocketError.Success)
                        break;
                    if (!Take(count, turn))
                        return;
                }
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                cause = "closed by this side";
            }
            transport._watch.Remove(turn);
            End(_sendFailure ?? cause);
        }

        /// <summary>
        /// Waits for something to read. While answers follow each other closely the thread stays awake for as long as the
        /// next one should take: to be woken would take it longer.
        /// </summary>
        private void Wait()
        {
            var start = Now;
            if (_closeArrivals >= CloseArrivalsMin && !_isWriting)
            {
                while (!socket.Poll(0, SelectMode.SelectRead))
                {
                    if (Stopwatch.GetElapsedTime(start) > AwakeMax)
                    {
                        _closeArrivals = 0;
                        socket.Poll(-1, SelectMode.SelectRead);
                        return;
                    }
                    Thread.SpinWait(SpinsPerLook);
                }
                return;
            }
            socket.Poll(-1, SelectMode.SelectRead);
            _closeArrivals = Stopwatch.GetElapsedTime(start) <= AwakeMax ? _closeArrivals + 1 : 0;
        }

        private static long Now => Stopwatch.GetTimestamp();

        /// <summary>False if another thread reads by now.</summary>
        private bool Take(int count, ReadingTurn turn)
        {
            if (_readsForOthers > 0)
            {
                _readsForOthers--;
                _handler.OnReceived(count);
                return true;
            }
            turn.Thread.Keep();
            _handler.OnReceived(count);
            if (turn.Thread.HasWork)
            {
                turn.BeginRun();
                transport._watch.Wake();
                Run(turn.Thread);
                if (!turn.EndRun())
                    return false;
            }
            turn.Thread.Release();
            return true;
        }

        private void Run(FreeThread thread)
        {
            var start = Stopwatch.GetTimestamp();
            var isLong = false;
            while (thread.TryRun())
            {
                if (Stopwatch.GetElapsedTime(start) <= RunMax)
                    continue;
                isLong = true;
                thread.HandOverKept();
            }
            _longRuns = isLong ? _longRuns + 1 : 0;
            if (_longRuns < LongRunsMax)
                return;
            _longRuns = 0;
            _readsForOthers = ReadsForOthers;
        }

        private void WriteLoop()
        {
            var thread = new FreeThread(keepsOne: true);
            thread.Keep();
            while (HasToWrite())
            {
                WriteRest();
                _isWriting = false;
                _handler.OnWritten();
                while (thread.TryRun())
                    continue;
            }
        }

        private bool HasToWrite()
        {
            lock (_gate)
            {
                while (_unwritten.IsEmpty && !_hasEnded)
                    Monitor.Wait(_gate);
                return !_unwritten.IsEmpty;
            }
        }

        private void WriteRest()
        {
            while (!_unwritten.IsEmpty)
            {
                try
                {
                    socket.Poll(-1, SelectMode.SelectWrite);
                }
                catch (Exception e) when (e is ObjectDisposedException or SocketException)
                {
                    _unwritten = default;
                    return;
                }
                var sent = Send(_unwritten.Span);
                _unwritten = sent < 0 ? default : _unwritten[sent..];
            }
        }

        /// <summary>Sends what the system takes at once, and returns how much that was; −1 if the connection is at its end.</summary>
        private int Send(ReadOnlySpan<byte> bytes)
        {
            try
            {
                var sent = socket.Send(bytes, SocketFlags.None, out var error);
                if (error is SocketError.Success)
                    return sent;
                if (error is SocketError.WouldBlock or SocketError.Interrupted)
                    return 0;
                _sendFailure ??= error.ToString();
                Abort();
                return -1;
            }
            catch (ObjectDisposedException)
            {
                return -1; // aborted meanwhile: the reading side says so
            }
        }

        private void End(string? cause)
        {
            socket.Dispose();
            transport.GiveThreadsBack();
            lock (_gate)
            {
                _hasEnded = true;
                Monitor.Pulse(_gate);
            }
            _handler.OnClosed(cause);
        }
    }
}
