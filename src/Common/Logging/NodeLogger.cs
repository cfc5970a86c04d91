using Akka.Hosting.Logging;
using Microsoft.Extensions.Logging;
using LogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Actors.Common;

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
