using Actors.Event;

namespace Actors.Runtime;

/// <summary>
/// The loggers of a system: standard output while it starts and stops, an actor that feeds the log sink in between,
/// and the listener that logs dead letters.
/// </summary>
internal sealed class SystemLogging(ActorSystemImpl system)
{
    private StandardOutRef? _standardOut;
    private IActorRef? _logger;
    private IActorRef? _deadLetterListener;

    private EventStream Bus => system.EventStream;

    public void StartStandardOut()
    {
        Bus.SetLogLevel(Logging.LogLevelFor(system.Settings.StdoutLogLevel));
        _standardOut = new StandardOutRef(system.Environment);
        Subscribe(_standardOut, Bus.LogLevel);
    }

    public void StartLoggers()
    {
        Settings settings = system.Settings;
        Bus.SetLogLevel(Logging.LogLevelFor(settings.LogLevel));
        Bus.Unsubscribe(_standardOut!);
        if (settings.Loggers.Count > 0)
        {
            _logger = system.SystemActorOf(Props.Create<LoggerActor>(system.Environment), "log1-DefaultLogger");
            Subscribe(_logger, Bus.LogLevel);
        }
        if (settings.LogDeadLetters > 0)
            _deadLetterListener = system.SystemActorOf(Props.Create<DeadLetterListener>(), "deadLetterListener");
        if (settings.DebugUnhandledMessage)
            system.SystemActorOf(Props.Create<UnhandledMessageForwarder>(), "UnhandledMessageForwarder");
    }

    public void StopDeadLetterListener()
    {
        if (_deadLetterListener is not null)
            Bus.Unsubscribe(_deadLetterListener);
    }

    public IActorRef? StopLogger()
    {
        if (_logger is null)
            return null;
        Subscribe(_standardOut!, Logging.LogLevelFor(system.Settings.StdoutLogLevel));
        Bus.Unsubscribe(_logger);
        return _logger;
    }

    public void Stop()
    {
        if (_standardOut is not null)
            Bus.Unsubscribe(_standardOut);
    }

    private void Subscribe(IActorRef logger, LogLevel least)
    {
        for (LogLevel level = least; level <= LogLevel.ErrorLevel; level++)
            Bus.Subscribe(logger, level.ClassFor());
    }

    /// <summary>Writes at once, on the thread that logs.</summary>
    private sealed class StandardOutRef(RuntimeEnvironment environment) : MinimalActorRef
    {
        public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "all-systems")) / "StandardOutLogger";

        public override IActorRefProvider Provider => throw new NotSupportedException("The standard out logger does not provide");

        protected override void TellInternal(object message, IActorRef sender)
        {
            if (message is LogEvent logEvent && !environment.IsAbandoned)
                environment.LogSink.Write(logEvent);
        }
    }
}
