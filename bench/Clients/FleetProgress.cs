namespace Actors.Bench.Clients;

/// <summary>The progress of all clients together: each reports, one waits.</summary>
internal sealed class FleetProgress(int clients, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly bool[] _joined = new bool[clients];
    private readonly ulong[] _cursors = new ulong[clients];
    private Func<bool>? _condition;
    private TaskCompletionSource<long> _reached = new();
    private int _joinedCount;
    private int _behind;
    private ulong _target;

    /// <summary>The newest commit that any of them has.</summary>
    public ulong Newest
    {
        get
        {
            lock (_gate)
                return _cursors.Max();
        }
    }

    public void Joined(int client, bool isIn)
    {
        lock (_gate)
        {
            if (_joined[client] == isIn)
                return;
            _joined[client] = isIn;
            _joinedCount += isIn ? 1 : -1;
            Check();
        }
    }

    /// <summary>A client has pulled everything through this commit.</summary>
    public void Pulled(int client, ulong cursor)
    {
        lock (_gate)
        {
            if (_cursors[client] < _target && cursor >= _target)
                _behind--;
            _cursors[client] = Math.Max(_cursors[client], cursor);
            Check();
        }
    }

    /// <summary>The time stamp at which all are in.</summary>
    public Task<long> AllJoined() => When(() => _joinedCount == clients);

    /// <summary>The time stamp at which no client is in any more.</summary>
    public Task<long> AllLeft() => When(() => _joinedCount == 0);

    /// <summary>The time stamp at which the last of them has pulled through this commit.</summary>
    public Task<long> AllPulled(ulong commit)
    {
        lock (_gate)
        {
            _target = commit;
            _behind = _cursors.Count(cursor => cursor < commit);
        }
        return When(() => _behind == 0);
    }

    private Task<long> When(Func<bool> condition)
    {
        lock (_gate)
        {
            _reached = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
            _condition = condition;
            Check();
            return _reached.Task;
        }
    }

    private void Check()
    {
        if (_condition?.Invoke() != true)
            return;
        _condition = null;
        _reached.SetResult(clock.GetTimestamp());
    }
}
