using Actors.NodeShell;

namespace Actors.Client.Connection;

/// <summary>Longer and longer pauses, a little uneven, so that many clients do not come back at one instant.</summary>
internal sealed class Backoff(TimeSpan shortest, TimeSpan longest, IEntropy entropy)
{
    private int _tries;

    public void Reset() => _tries = 0;

    public TimeSpan Next()
    {
        var pause = Math.Min(longest.Ticks, shortest.Ticks << Math.Min(_tries++, 20));
        // Three quarters of it to five quarters.
        return TimeSpan.FromTicks(pause / 4 * 3 + (long)(entropy.NextUInt64() % (ulong)(pause / 2 + 1)));
    }
}

/// <summary>
/// Sessions that the server ends soon after they began, one after the other, are a fault that
/// an immediate retry would only meet again: the pauses between them grow. Needs no clock: the caller says how long a session has lasted.
/// </summary>
internal sealed class SessionPatience(TimeSpan shortest, TimeSpan longest, IEntropy entropy)
{
    public const int ManyInARow = 4;

    /// <summary>A session that has lasted so long was a good one.</summary>
    public static readonly TimeSpan Good = TimeSpan.FromSeconds(30);

    private readonly Backoff _backoff = new(shortest, longest, entropy);
    private int _inARow;

    /// <summary>The trouble, for people; null: none.</summary>
    public string? Trouble { get; private set; }

    /// <summary>A session has ended, and neither the connection nor this node was why. Returns the pause before the next.</summary>
    public TimeSpan End(TimeSpan lasted)
    {
        if (lasted >= Good)
            Forget();
        _inARow++;
        if (_inARow >= ManyInARow)
        {
            Trouble = $"the server has ended {_inARow} sessions in a row soon after they began: see its output; "
                + $"this node tries again after longer and longer pauses, of {longest.TotalSeconds:0} s at most";
        }
        return _backoff.Next();
    }

    /// <summary>This session lasts: the trouble is over.</summary>
    public void NoteLasting() => Forget();

    private void Forget()
    {
        _backoff.Reset();
        _inARow = 0;
        Trouble = null;
    }
}
