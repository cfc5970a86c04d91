using Actors.Event;

namespace Actors.Testing;

/// <summary>Tells whether a log event is one of those waited for.</summary>
public interface IEventFilter
{
    /// <summary>Whether the event fits.</summary>
    bool Apply(LogEvent logEvent);
}
