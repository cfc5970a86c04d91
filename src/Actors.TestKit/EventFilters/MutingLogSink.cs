using System.Collections.Immutable;
using Actors.Event;

namespace Actors.Testing;

/// <summary>Keeps the events that a test waits for out of the console: they are its purpose, not news.</summary>
internal sealed class MutingLogSink(ILogSink inner) : ILogSink
{
    private ImmutableList<EventMatcher> _muted = [];

    public void Write(LogEvent logEvent)
    {
        if (!Volatile.Read(ref _muted).Exists(matcher => matcher.Fits(logEvent)))
            inner.Write(logEvent);
    }

    public void Mute(IEnumerable<EventMatcher> matchers) =>
        ImmutableInterlocked.Update(ref _muted, (muted, more) => muted.AddRange(more), matchers);

    public void Unmute(IEnumerable<EventMatcher> matchers) =>
        ImmutableInterlocked.Update(ref _muted, (muted, less) => muted.RemoveRange(less), matchers);
}
