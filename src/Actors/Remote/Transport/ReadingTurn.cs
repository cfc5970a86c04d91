using Actors.Runtime;

namespace Actors.Remote;

/// <summary>
/// A thread's turn of reading a connection. While it runs what came in, it can lose the turn: an actor that blocks there
/// must not keep the connection from being read, least of all if it waits for an answer from that very peer.
/// </summary>
/// <param name="lost">Has another thread read on, and write what this one had begun to write.</param>
internal sealed class ReadingTurn(Action<ReadingTurn> lost)
{
    [ThreadStatic]
    private static ReadingTurn? _mine;

    private const int Reading = 0;
    private const int Running = 1;
    private const int Lost = 2;
    private int _state;
    private int _runs;
    private int _runsSeen;
    private int _writes;
    private int _isAsleep;

    /// <summary>That of the thread that asks, or null.</summary>
    public static ReadingTurn? Mine => _mine;

    /// <summary>What the thread has scheduled on itself.</summary>
    public FreeThread Thread { get; } = new(keepsOne: false);

    public bool IsLost => Volatile.Read(ref _state) == Lost;

    /// <summary>Whether this thread is to finish a write that the system's buffer had no room for.</summary>
    public bool Writes => Volatile.Read(ref _writes) == 1;

    /// <summary>The turn is that of the calling thread.</summary>
    public void Start() => _mine = this;

    /// <summary>The thread will finish a write; false if it has lost its turn and will not come back to it.</summary>
    public bool TryTakeWriting()
    {
        Interlocked.Exchange(ref _writes, 1);
        return !IsLost || !TryEndWriting();
    }

    /// <summary>Whoever gets true has the unfinished write.</summary>
    public bool TryEndWriting() => Interlocked.Exchange(ref _writes, 0) == 1;

    /// <summary>The thread is about to wait for bytes and nothing else; false if there is something to run first.</summary>
    public bool TryFallAsleep()
    {
        Interlocked.Exchange(ref _isAsleep, 1); // a full fence: whoever gives work sees this, or is seen below
        if (!Thread.HasWork)
            return true;
        Volatile.Write(ref _isAsleep, 0);
        return false;
    }

    public void WakeUp() => Volatile.Write(ref _isAsleep, 0);

    /// <summary>Gives work to the thread; false if it sleeps, and the giver has to do it.</summary>
    public bool TryGive(IThreadPoolWorkItem work)
    {
        if (!Thread.TryAdd(work))
            return false;
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref _isAsleep) == 0 || !Thread.TryTakeBack(work);
    }

    /// <summary>The thread begins to run what it kept.</summary>
    public void BeginRun()
    {
        Volatile.Write(ref _runs, _runs + 1);
        Interlocked.Exchange(ref _state, Running); // a full fence: either the watch sees this run, or this thread that the watch rests
    }

    /// <summary>The thread is done; false if somebody else reads by now.</summary>
    public bool EndRun() => Interlocked.CompareExchange(ref _state, Reading, Running) == Running;

    /// <summary>
    /// Looks from outside, at intervals: takes the turn away from a thread that is still in the run of the last look.
    /// Returns whether anything has been run since then.
    /// </summary>
    public bool Look()
    {
        var runs = Volatile.Read(ref _runs);
        var isNew = runs != _runsSeen;
        _runsSeen = runs;
        if (isNew || Volatile.Read(ref _state) != Running || Interlocked.CompareExchange(ref _state, Lost, Running) != Running)
            return isNew;
        Thread.HandOver();
        lost(this);
        return true;
    }
}
