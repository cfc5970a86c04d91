namespace Actors.Remote;

/// <summary>
/// Looks at intervals whether a thread that should read a connection is held up by what it runs. Looks only while there is
/// traffic: an idle node is never woken.
/// </summary>
internal sealed class ReadingWatch
{
    private const int IntervalMs = 5;

    /// <summary>After so many looks at nothing the watch rests.</summary>
    private const int IdleLooksMax = 50;

    private readonly object _gate = new();
    private readonly List<ReadingTurn> _turns = [];
    private int _isResting = 1;
    private bool _isStarted;

    public void Add(ReadingTurn turn)
    {
        lock (_gate)
        {
            _turns.Add(turn);
            if (_isStarted)
                return;
            _isStarted = true;
        }
        new Thread(Loop) { IsBackground = true, Name = "remoting watch" }.UnsafeStart();
    }

    public void Remove(ReadingTurn turn)
    {
        lock (_gate)
        {
            _turns.Remove(turn);
            Monitor.Pulse(_gate); // without turns the thread ends
        }
    }

    /// <summary>Called by a thread that has just begun to run what came in.</summary>
    public void Wake()
    {
        if (Volatile.Read(ref _isResting) == 0)
            return;
        lock (_gate)
        {
            _isResting = 0;
            Monitor.Pulse(_gate);
        }
    }

    private void Loop()
    {
        lock (_gate)
        {
            for (var idle = 0; _turns.Count > 0; idle++)
            {
                if (LookAtAll())
                    idle = 0;
                if (idle < IdleLooksMax)
                    Monitor.Wait(_gate, IntervalMs);
                else
                    Rest();
            }
            _isStarted = false;
        }
    }

    private void Rest()
    {
        // A full fence: a thread that begins to run either sees that the watch rests, or is seen here.
        Interlocked.Exchange(ref _isResting, 1);
        if (!LookAtAll() && _turns.Count > 0)
            Monitor.Wait(_gate);
        _isResting = 0;
    }

    private bool LookAtAll()
    {
        var isBusy = false;
        // Backwards: a turn that is lost goes, and the one that follows it is added at the end.
        for (var i = _turns.Count - 1; i >= 0; i--)
        {
            isBusy |= _turns[i].Look();
            if (_turns[i].IsLost)
                _turns.RemoveAt(i);
        }
        return isBusy;
    }
}
