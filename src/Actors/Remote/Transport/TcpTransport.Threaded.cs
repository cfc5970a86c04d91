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
    /// without waking another thread. It also goes on with a write that the system's buffer had no room for; while it
    /// sleeps, a second thread does, which is started when it is first needed.
    /// </summary>
    private sealed class ThreadedConnection(TcpTransport transport, Socket socket, string peer) : IConnection, IThreadPoolWorkItem
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
        private readonly List<Socket> _readable = [];
        private readonly List<Socket> _writable = [];
        private volatile ReadingTurn _turn = null!;
        private bool _hasWriter;
        private bool _writerWrites;
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
            _unwritten = bytes[sent..];
            _isWriting = true;
            return ReadingTurn.Mine is { } turn && ReferenceEquals(turn, _turn) && turn.TryTakeWriting() || TryWriteOnThread()
                ? WriteResult.Pending
                : WriteResult.Broken;
        }

        /// <summary>The reading thread was given the end of a write.</summary>
        void IThreadPoolWorkItem.Execute() => _handler.OnWritten();

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
            var turn = _turn = new ReadingTurn(ReadOn);
            transport._watch.Add(turn);
            new Thread(() => Read(turn)) { IsBackground = true, Name = "remoting read " + peer }.UnsafeStart();
        }

        /// <summary>The reading thread is held up by an actor: others do what it should.</summary>
        private void ReadOn(ReadingTurn lost)
        {
            _readsForOthers = ReadsForOthers;
            StartReading();
            if (lost.TryEndWriting())
                TryWriteOnThread();
        }

        private void Read(ReadingTurn turn)
        {
            string? cause;
            turn.Start();
            try
            {
                while (TryTurn(turn, out cause))
                    continue;
            }
            catch (Exception e) when (e is ObjectDisposedException or SocketException)
            {
                cause = "closed by this side";
            }
            if (turn.IsLost)
                return;
            transport._watch.Remove(turn);
            End(turn, _sendFailure ?? cause);
        }

        /// <summary>Waits, and does what there is to do; false if this thread is done, because another one reads or because of the cause.</summary>
        private bool TryTurn(ReadingTurn turn, out string? cause)
        {
            cause = null;
            var canRead = true;
            if (turn.Writes)
                canRead = TryWriteUntilReadable(turn);
            else if (turn.Thread.HasWork)
                canRead = socket.Poll(0, SelectMode.SelectRead);
            else
                canRead = TryWait(turn);
            if (!canRead)
                return turn.Writes || TryRun(turn);
            var count = socket.Receive(_handler.GetReceiveBuffer().Span, SocketFlags.None, out var error);
            if (error is SocketError.WouldBlock or SocketError.Interrupted)
                return true;
            if (error != SocketError.Success)
                cause = error.ToString();
            return count > 0 && error == SocketError.Success && TryTake(count, turn);
        }

        /// <summary>
        /// Waits for something to read. While answers follow each other closely the thread stays awake for as long as the
        /// next one should take: to be woken would take it longer. False if there is something to run instead.
        /// </summary>
        private bool TryWait(ReadingTurn turn)
        {
            var start = Now;
            while (_closeArrivals >= CloseArrivalsMin && !_isWriting)
            {
                if (socket.Poll(0, SelectMode.SelectRead))
                    return true;
                if (turn.Thread.HasWork)
                    return false;
                if (Stopwatch.GetElapsedTime(start) > AwakeMax)
                    _closeArrivals = 0;
                Thread.SpinWait(SpinsPerLook);
            }
            if (!turn.TryFallAsleep())
                return false;
            socket.Poll(-1, SelectMode.SelectRead);
            turn.WakeUp();
            _closeArrivals = Stopwatch.GetElapsedTime(start) <= AwakeMax ? _closeArrivals + 1 : 0;
            return true;
        }

        /// <summary>Goes on with a write until it is done or there is something to read; true in the second case.</summary>
        private bool TryWriteUntilReadable(ReadingTurn turn)
        {
            _readable.Clear();
            _writable.Clear();
            _readable.Add(socket);
            _writable.Add(socket);
            Socket.Select(_readable, _writable, null, -1);
            if (_writable.Count > 0)
            {
                var sent = Send(_unwritten.Span);
                _unwritten = sent < 0 ? default : _unwritten[sent..];
                if (_unwritten.IsEmpty && turn.TryEndWriting())
                {
                    _isWriting = false;
                    turn.Thread.TryAdd(this);
                }
            }
            return _readable.Count > 0;
        }

        /// <summary>False if another thread reads by now.</summary>
        private bool TryTake(int count, ReadingTurn turn)
        {
            if (_readsForOthers > 0)
            {
                _readsForOthers--;
                _handler.OnReceived(count);
                return true;
            }
            turn.Thread.Keep();
            _handler.OnReceived(count);
            turn.Thread.Release();
            return TryRun(turn);
        }

        /// <summary>Runs what is kept by now; false if another thread reads when it is done.</summary>
        private bool TryRun(ReadingTurn turn)
        {
            if (!turn.Thread.HasWork)
                return true;
            turn.Thread.Keep();
            turn.BeginRun();
            transport._watch.Wake();
            var start = Now;
            for (var left = turn.Thread.WorkCount; left > 0 && turn.Thread.TryRun(); left--)
                continue;
            _longRuns = Stopwatch.GetElapsedTime(start) > RunMax ? _longRuns + 1 : 0;
            turn.Thread.Release();
            if (!turn.EndRun())
                return false;
            if (_longRuns < LongRunsMax)
                return true;
            _longRuns = 0;
            _readsForOthers = ReadsForOthers;
            turn.Thread.HandOverKept();
            return true;
        }

        private static long Now => Stopwatch.GetTimestamp();

        /// <summary>False if the connection is at its end.</summary>
        private bool TryWriteOnThread()
        {
            lock (_gate)
            {
                if (_hasEnded)
                    return false;
                _writerWrites = true;
                if (_hasWriter)
                    Monitor.Pulse(_gate);
                else
                    new Thread(WriteLoop) { IsBackground = true, Name = "remoting write " + peer }.UnsafeStart();
                _hasWriter = true;
                return true;
            }
        }

        private void WriteLoop()
        {
            var thread = new FreeThread(keepsOne: true);
            thread.Keep();
            while (HasToWrite())
            {
                WriteRest();
                _isWriting = false;
                if (_turn.TryGive(this))
                    continue; // that one is awake: fewer threads do the same in less time
                _handler.OnWritten();
                while (thread.TryRun())
                    continue;
            }
        }

        private bool HasToWrite()
        {
            lock (_gate)
            {
                while (!_writerWrites && !_hasEnded)
                    Monitor.Wait(_gate);
                var hasToWrite = _writerWrites;
                _writerWrites = false;
                return hasToWrite;
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

        private void End(ReadingTurn turn, string? cause)
        {
            socket.Dispose();
            turn.Thread.HandOver();
            if (turn.TryEndWriting())
                _handler.OnWritten();
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
