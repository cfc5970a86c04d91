using Actors.Event;

namespace Actors.Runtime;

/// <summary>
/// The loggers of a system: standard output while it starts and stops, in between an actor that feeds the log sink or
/// those that the configuration names, and the listener that logs dead letters.
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
        StartLoggers(settings.Loggers.Select(NamedLogger.TypeOf).Distinct());
        if (settings.LogDeadLetters > 0)
            StartDeadLetterListener();
        if (settings.DebugUnhandledMessage)
            system.SystemActorOf(Props.Create<UnhandledMessageForwarder>(), "UnhandledMessageForwarder");
    }

    /// <summary>One actor for each; null stands for the log sink.</summary>
    private void StartLoggers(IEnumerable<Type?> types)
    {
        int number = 0;
        foreach (Type? type in types)
        {
            string name = $"log{++number}-{type?.Name ?? "DefaultLogger"}";
            Props props = type is null ? Props.Create<LoggerActor>(system.Environment) : Props.Create(type);
            IActorRef logger = system.SystemActorOf(props, name);
            if (type is null)
                _logger = logger;
            else
                logger.Tell(new InitializeLogger(Bus), system.IgnoreRef);
            Bus.AddLogger(logger);
        }
    }

    /// <summary>Subscribed here, and not when it starts: the first message of a program may be a dead letter.</summary>
    private void StartDeadLetterListener()
    {
        _deadLetterListener = system.SystemActorOf(Props.Create<DeadLetterListener>(), "deadLetterListener");
        foreach (Type type in (Type[])[typeof(DeadLetter), typeof(Dropped), typeof(UnhandledMessage)])
            Bus.Subscribe(_deadLetterListener, type);
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
        Tell("Shutting down: StandardOutLogger started");
        Bus.RemoveLogger(_logger);
        Tell("All default loggers stopped");
        return _logger;
    }

    private void Tell(string message) => Bus.Publish(new Debug(nameof(EventStream), typeof(EventStream), message));

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
