using Actors.Common;

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
