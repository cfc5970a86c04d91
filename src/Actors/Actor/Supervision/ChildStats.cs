namespace Actors.Runtime;

/// <summary>What a parent knows of a child: its ref and how often it was restarted.</summary>
internal sealed class ChildStats(IInternalActorRef child)
{
    private int _restarts;
    private TimeSpan? _windowStart;

    public IInternalActorRef Child { get; } = child;

    /// <summary>
    /// Counts a restart and says whether it is allowed. With a time range alone, one restart within it is allowed;
    /// with a number alone, so many for ever; a number of 0 allows none.
    /// </summary>
    public bool RequestRestart(int retriesMax, int rangeMilliseconds, TimeSpan now)
    {
        if (retriesMax == 0)
            return false;
        bool hasNumber = retriesMax > 0, hasRange = rangeMilliseconds > 0;
        if (!hasNumber && !hasRange)
            return true;
        if (hasRange)
        {
            _windowStart ??= now;
            if (now - _windowStart.Value > TimeSpan.FromMilliseconds(rangeMilliseconds))
            {
                _windowStart = now;
                _restarts = 0;
            }
        }
        return ++_restarts <= (hasNumber ? retriesMax : 1);
    }
}
