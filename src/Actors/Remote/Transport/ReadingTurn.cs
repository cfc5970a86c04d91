using Actors.Runtime;

namespace Actors.Remote;

/// <summary>
/// A thread's turn of reading a connection. While it runs what came in, it can lose the turn: an actor that blocks there
/// must not keep the connection from being read, least of all if it waits for an answer from that very peer.
/// </summary>
/// <param name="lost">Has another thread read on.</param>
internal sealed class ReadingTurn(Action lost)
{
    private const int Reading = 0;
    private const int Running = 1;
    private const int Lost = 2;
    private int _state;
    private int _runs;
    private int _runsSeen;

    /// <summary>What the thread has scheduled on itself.</summary>
    public FreeThread Thread { get; } = new(keepsOne: false);

    public bool IsLost => Volatile.Read(ref _state) == Lost;

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
        lost();
        return true;
    }
}
