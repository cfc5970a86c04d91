namespace Actors.Event;

/// <summary>A log event of the level error.</summary>
public class Error : LogEvent
{
    /// <summary>Creates the event; the cause may be null.</summary>
    public Error(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause!;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
    }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
