namespace Actors.Event;

/// <summary>Logs by publishing on the event stream.</summary>
public sealed class BusLogging : ILoggingAdapter
{
    /// <summary>Creates the adapter of one source.</summary>
    public BusLogging(LoggingBus bus, string logSource, Type logClass, ILogMessageFormatter logMessageFormatter)
    {
        Bus = bus;
        LogSource = logSource;
        LogClass = logClass;
        Formatter = logMessageFormatter;
    }

    /// <summary>Where the events go.</summary>
    public LoggingBus Bus { get; }

    /// <summary>The source that the events name.</summary>
    public string LogSource { get; }

    /// <summary>The class that the events name.</summary>
    public Type LogClass { get; }

    /// <inheritdoc/>
    public ILogMessageFormatter Formatter { get; }

    /// <inheritdoc/>
    public bool IsDebugEnabled => IsEnabled(LogLevel.DebugLevel);

    /// <inheritdoc/>
    public bool IsInfoEnabled => IsEnabled(LogLevel.InfoLevel);

    /// <inheritdoc/>
    public bool IsWarningEnabled => IsEnabled(LogLevel.WarningLevel);

    /// <inheritdoc/>
    public bool IsErrorEnabled => IsEnabled(LogLevel.ErrorLevel);

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => Bus.LogLevel <= logLevel;

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, LogMessage message) => Notify(logLevel, cause, message);

    /// <inheritdoc/>
    public void Log(LogLevel logLevel, Exception? cause, string format) => Notify(logLevel, cause, format);

    private void Notify(LogLevel logLevel, Exception? cause, object message)
    {
        if (!IsEnabled(logLevel))
            return;
        Bus.Publish(logLevel switch
        {
            LogLevel.DebugLevel => new Debug(cause, LogSource, LogClass, message),
            LogLevel.InfoLevel => new Info(cause, LogSource, LogClass, message),
            LogLevel.WarningLevel => new Warning(cause, LogSource, LogClass, message),
            _ => new Error(cause, LogSource, LogClass, message),
        });
    }
}
