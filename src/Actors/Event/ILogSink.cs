namespace Actors.Event;

/// <summary>Where log events end up. Called by one actor at a time, but by any thread while a system starts or stops.</summary>
public interface ILogSink
{
    /// <summary>Takes an event; must not throw.</summary>
    void Write(LogEvent logEvent);
}
