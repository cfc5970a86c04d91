using Actors.Event;

namespace Actors.Remote;

/// <summary>
/// Counts what was refused, and logs each reason at most once per <see cref="Quiet"/>: a hostile peer must not fill the
/// log any more than the memory.
/// </summary>
internal sealed class Rejections(ILoggingAdapter log, Func<TimeSpan> now)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private readonly long[] _counts = new long[Enum.GetValues<Rejection>().Length];
    private readonly long[] _nextLogTicks = new long[Enum.GetValues<Rejection>().Length];

    public long this[Rejection rejection] => Interlocked.Read(ref _counts[(int)rejection]);

    /// <summary>Everything that was refused since the start.</summary>
    public long Total => _counts.Sum();

    public void CountSilently(Rejection rejection) => Interlocked.Increment(ref _counts[(int)rejection]);

    public void Count(Rejection rejection, FormattableString what)
    {
        var count = Interlocked.Increment(ref _counts[(int)rejection]);
        var ticks = now().Ticks;
        var next = Interlocked.Read(ref _nextLogTicks[(int)rejection]);
        if (ticks < next || Interlocked.CompareExchange(ref _nextLogTicks[(int)rejection], ticks + Quiet.Ticks, next) != next)
            return;
        log.Warning("{0} ({1}, {2} so far; repetitions are told every {3} s)", what.ToString(), rejection, count, Quiet.TotalSeconds);
    }
}
