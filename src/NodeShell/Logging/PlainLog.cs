using Akka.Hosting.Logging;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Actors.NodeShell;

/// <summary>
/// What is logged, on standard output, one line for each event: when, how bad, what, why. Types and stack traces only at the
/// level DEBUG.
/// </summary>
internal sealed class PlainLog(IOptions<PlainLog.Options> options) : ConsoleFormatter(nameof(PlainLog))
{
    public sealed class Options : ConsoleFormatterOptions
    {
        public bool IsDetailed { get; set; }
    }

    public static void AddTo(ILoggingBuilder logging, bool isDetailed)
    {
        // Actors log by akka.loglevel; what else a host holds, where it is worth a warning, and a failed start by the code that asked for it.
        logging.SetMinimumLevel(LogLevel.Debug).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        if (!isDetailed)
            logging.AddFilter((source, _) => source is null || !IsOfConnections(source));
        logging.AddConsole(console =>
        {
            console.FormatterName = nameof(PlainLog);
            // A terminal that stands still must not keep the node from working.
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        logging.AddConsoleFormatter<PlainLog, Options>(plain => plain.IsDetailed = isDetailed);
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var text = $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.fff'Z'} [{NameOf(logEntry.LogLevel)}] {NodeJournal.OnOneLine(TextOf(logEntry.Formatter(logEntry.State, null), logEntry.Exception))}";
        if (options.Value.IsDetailed)
            text += $" [{logEntry.Category}]{Environment.NewLine}{logEntry.Exception}".TrimEnd();
        textWriter.WriteLine(text);
    }

    /// <summary>What remoting says of connections that fail and end: each try is a line there, and the story tells what matters of it.</summary>
    private static bool IsOfConnections(string source) =>
        source.StartsWith("remoting", StringComparison.Ordinal) || source.Contains("/system/endpointManager", StringComparison.Ordinal)
        || source.Contains("/system/transports", StringComparison.Ordinal) || source.Contains("/system/remote-watcher", StringComparison.Ordinal)
        || source.Contains("TcpTransport", StringComparison.Ordinal);

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace or LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO",
        LogLevel.Warning => "WARNING",
        _ => "ERROR",
    };

    private static string TextOf(string text, Exception? cause)
    {
        for (; cause is not null; cause = cause.InnerException)
        {
            // What wraps another exception often only names it, and what is logged often holds the message already.
            if (!IsWrapper(cause) && !text.Contains(cause.Message, StringComparison.Ordinal))
                text += $": {cause.Message}";
        }
        return text;
    }

    private static bool IsWrapper(Exception cause) =>
        cause is AggregateException or ActorInitializationException && cause.InnerException is not null;
}

/// <summary>
/// Hands what actors log to the host's log: message, cause, and the actor as its category. Akka.Hosting's own makes one text
/// of them, with the thread and the stack trace in it.
/// </summary>
public sealed class NodeLogger : LoggerFactoryLogger
{
    private readonly ILoggerFactory _log = Context.System.Settings.Setup.Get<LoggerFactorySetup>().Value.LoggerFactory;

    protected override void Log(LogEvent log, ActorPath path)
    {
        var level = LevelOf(log);
        _log.CreateLogger(log.LogSource).Log(level, default, log.Message, log.Cause, (message, _) => $"{message}");
    }

    private static LogLevel LevelOf(LogEvent log) => log.LogLevel() switch
    {
        Akka.Event.LogLevel.DebugLevel => LogLevel.Debug,
        Akka.Event.LogLevel.InfoLevel => LogLevel.Information,
        Akka.Event.LogLevel.WarningLevel => LogLevel.Warning,
        _ => LogLevel.Error,
    };
}
