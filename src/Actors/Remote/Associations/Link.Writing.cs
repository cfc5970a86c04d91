using System.Buffers;
using System.Collections.Concurrent;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>The writing side of a link.</summary>
internal sealed partial class Link : IThreadPoolWorkItem
{
    /// <summary>How many buffers one turn on a thread may send before others get theirs.</summary>
    private const int WritesPerTurn = 16;

    /// <summary>A message this long after the last write, about a write's own time, came alone.</summary>
    private const long AloneTicks = 10 * TimeSpan.TicksPerMicrosecond;

    private readonly ConcurrentQueue<byte[]> _control = new();
    private volatile bool _isEstablished;
    private volatile bool _closesWhenSent;
    private TimeSpan _lastWritten;
    private int _isScheduled;
    private bool _hasClosedSending;
    private byte[]? _buffer;

    public bool IsEstablished => _isEstablished;

    /// <summary>Queues a whole frame ahead of all messages; <see cref="Wake"/> sends it.</summary>
    public void Post(byte[] frame) => _control.Enqueue(frame);

    /// <summary>Ends the sending side once everything posted is out, and the connection if the peer then lingers.</summary>
    public void CloseWhenSent()
    {
        _isDone = true;
        _isEstablished = false;
        _closesWhenSent = true;
        remoting.Host.Schedule(remoting.Settings.CloseTimeout, Abort);
        Wake();
    }

    /// <summary>Sees to it that what waits is written. Any thread, any time.</summary>
    public void Wake()
    {
        if (TryBegin())
            remoting.Host.Execute(this);
    }

    /// <summary>
    /// As <see cref="Wake"/>, for a thread that holds no lock of remoting. A message that comes alone is written by this
    /// thread, since waking another one takes longer; those that come close together are gathered by another, so that many go
    /// out in one call.
    /// </summary>
    public void WakeForMessage()
    {
        if (!TryBegin())
            return;
        if (remoting.Host.SendersMayWrite && (remoting.Host.Now - _lastWritten).Ticks > AloneTicks)
            WriteOn(writesMax: 1);
        else
            remoting.Host.Execute(this);
    }

    public void Execute()
    {
        if (FreeThread.IsReader)
            WriteOn(writesMax: 1); // and look what has come in meanwhile
        else
            WriteOn(WritesPerTurn);
    }

    public void OnWritten() => Execute();

    private bool TryBegin()
    {
        Interlocked.MemoryBarrier(); // what was queued is visible before the question whether anybody will see it
        return Volatile.Read(ref _isScheduled) == 0 && Interlocked.Exchange(ref _isScheduled, 1) == 0;
    }

    /// <summary>Entered by one thread at a time: whoever set <see cref="_isScheduled"/>, or the end of the write that it left.</summary>
    private void WriteOn(int writesMax)
    {
        for (var writes = 0; writes < writesMax; writes++)
        {
            var count = Gather();
            if (count > 0)
            {
                var result = connection.Write(_buffer.AsMemory(0, count));
                if (result == WriteResult.Broken)
                    ReleaseBuffer(); // and stay scheduled: this link writes no more
                if (result != WriteResult.Done)
                    return;
                _lastWritten = remoting.Host.Now;
            }
            if (!HasWork && !GoesOn())
                return;
        }
        remoting.Host.Execute(this);
    }

    /// <summary>Lets go; false if that was right, true if work came in meanwhile and is this thread's to do.</summary>
    private bool GoesOn()
    {
        ReleaseBuffer();
        Interlocked.Exchange(ref _isScheduled, 0);
        return HasWork && Interlocked.Exchange(ref _isScheduled, 1) == 0;
    }

    private bool HasWork => !_control.IsEmpty || (_closesWhenSent && !_hasClosedSending)
        || (_isEstablished && _association!.HasWorkFor(this));

    private int Gather()
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(FrameBuffer.Comfortable);
        var used = 0;
        while (_control.TryPeek(out var frame) && used + frame.Length <= _buffer.Length)
        {
            frame.CopyTo(_buffer, used);
            used += frame.Length;
            _control.TryDequeue(out _);
        }
        if (_isEstablished)
            used = _association!.Gather(this, ref _buffer, used);
        if (used == 0 && _closesWhenSent && !_hasClosedSending && _control.IsEmpty)
        {
            _hasClosedSending = true;
            connection.CloseSending();
        }
        return used;
    }

    private void ReleaseBuffer()
    {
        if (_buffer != null)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }
}
