namespace Actors.Hosting;

/// <summary>Writes what is logged to standard output: in plain words, and with all details at the level DEBUG.</summary>
public sealed class PlainLogger : ReceiveActor
{
    public PlainLogger()
    {
        var isDetailed = Context.System.Settings.LogLevel.Equals("DEBUG", StringComparison.OrdinalIgnoreCase);
        Receive<InitializeLogger>(_ => Sender.Tell(new LoggerInitialized()));
        Receive<LogEvent>(e => !isDetailed && IsOfConnections(e), _ => { });
        Receive<LogEvent>(e => Console.Out.WriteLine(isDetailed ? e.ToString() : PlainLogText.Of(e)));
    }

    /// <summary>What remoting says of connections that fail and end: each try is a line there, and the story tells what matters of it.</summary>
    public static bool IsOfConnections(LogEvent e) =>
        e.LogSource.StartsWith("remoting", StringComparison.Ordinal) || e.LogSource.Contains("/system/endpointManager", StringComparison.Ordinal)
        || e.LogSource.Contains("/system/transports", StringComparison.Ordinal) || e.LogSource.Contains("/system/remote-watcher", StringComparison.Ordinal);

    /// <summary>The configuration of a node whose system logs by it.</summary>
    public static Config Over(Config config) =>
        ConfigurationFactory.ParseString($"akka.loggers = [\"{typeof(PlainLogger).FullName}, {typeof(PlainLogger).Assembly.GetName().Name}\"]").WithFallback(config);
}
