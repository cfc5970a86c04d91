namespace Actors.Event;

/// <summary>Logs on behalf of one source. The methods to call are in <see cref="LoggingExtensions"/>.</summary>
public interface ILoggingAdapter
{
    /// <summary>Puts arguments into texts.</summary>
    ILogMessageFormatter Formatter { get; }

    /// <summary>Whether debug messages are logged at all.</summary>
    bool IsDebugEnabled { get; }

    /// <summary>Whether infos are logged at all.</summary>
    bool IsInfoEnabled { get; }

    /// <summary>Whether warnings are logged at all.</summary>
    bool IsWarningEnabled { get; }

    /// <summary>Whether errors are logged at all.</summary>
    bool IsErrorEnabled { get; }

    /// <summary>Whether messages of the level are logged at all.</summary>
    bool IsEnabled(LogLevel logLevel);

    /// <summary>Logs a message; the cause may be null.</summary>
    void Log(LogLevel logLevel, Exception? cause, LogMessage message);

    /// <summary>Logs a text as it is; the cause may be null.</summary>
    void Log(LogLevel logLevel, Exception? cause, string format);
}
