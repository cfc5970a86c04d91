using Actors.Configuration;

namespace Actors.Runtime;

/// <summary>The configuration of an actor system, read once.</summary>
public class Settings
{
    /// <summary>Reads the settings; what the configuration does not say, the defaults do.</summary>
    public Settings(ActorSystem system, Config config)
    {
        System = system;
        Config = config.WithFallback(ReferenceConfig.Instance);
        ProviderClass = Config.GetString("akka.actor.provider");
        AskTimeout = Config.GetTimeSpan("akka.actor.ask-timeout", null, allowInfinite: true);
        LogLevel = Config.GetString("akka.loglevel");
        StdoutLogLevel = Config.GetString("akka.stdout-loglevel");
        Loggers = [.. Config.GetStringList("akka.loggers")];
        LogDeadLetters = DeadLettersToLog(Config.GetString("akka.log-dead-letters"));
        LogDeadLettersDuringShutdown = Config.GetBoolean("akka.log-dead-letters-during-shutdown");
        LogDeadLettersSuspendDuration = Config.GetTimeSpan("akka.log-dead-letters-suspend-duration", null, allowInfinite: true);
        LogConfigOnStart = Config.GetBoolean("akka.log-config-on-start");
        AddLoggingReceive = Config.GetBoolean("akka.actor.debug.receive");
        DebugAutoReceive = Config.GetBoolean("akka.actor.debug.autoreceive");
        DebugLifecycle = Config.GetBoolean("akka.actor.debug.lifecycle");
        DebugEventStream = Config.GetBoolean("akka.actor.debug.event-stream");
        DebugUnhandledMessage = Config.GetBoolean("akka.actor.debug.unhandled");
        SupervisorStrategyClass = Config.GetString("akka.actor.guardian-supervisor-strategy");
        CoordinatedShutdownTerminateActorSystem = Config.GetBoolean("akka.coordinated-shutdown.terminate-actor-system");
        CoordinatedShutdownRunByActorSystemTerminate = Config.GetBoolean("akka.coordinated-shutdown.run-by-actor-system-terminate");
        // Terminate would wait for an end that nothing brings about.
        if (CoordinatedShutdownRunByActorSystemTerminate && !CoordinatedShutdownTerminateActorSystem)
            throw new ConfigurationException("akka.coordinated-shutdown: run-by-actor-system-terminate = on needs terminate-actor-system = on.");
    }

    /// <summary>The system.</summary>
    public ActorSystem System { get; }

    /// <summary>All of the configuration, defaults included.</summary>
    public Config Config { get; }

    /// <summary>Which refs the system has: <c>local</c> or <c>remote</c>.</summary>
    public string ProviderClass { get; }

    /// <summary>How long an Ask waits that says nothing else; infinite by default.</summary>
    public TimeSpan AskTimeout { get; }

    /// <summary>The least level that is logged.</summary>
    public string LogLevel { get; }

    /// <summary>The least level that is logged while the system starts or stops.</summary>
    public string StdoutLogLevel { get; }

    /// <summary>The loggers; none if the list is empty.</summary>
    public IList<string> Loggers { get; }

    /// <summary>How many dead letters are logged before there is a pause; <see cref="int.MaxValue"/> for all.</summary>
    public int LogDeadLetters { get; }

    /// <summary>Whether dead letters are logged while the system stops.</summary>
    public bool LogDeadLettersDuringShutdown { get; }

    /// <summary>How long the pause is; infinite for ever.</summary>
    public TimeSpan LogDeadLettersSuspendDuration { get; }

    /// <summary>Whether the configuration is logged at the start.</summary>
    public bool LogConfigOnStart { get; }

    /// <summary>Whether the messages of actors with <see cref="ILogReceive"/> are logged.</summary>
    public bool AddLoggingReceive { get; }

    /// <summary>Whether messages that the runtime handles for actors are logged.</summary>
    public bool DebugAutoReceive { get; }

    /// <summary>Whether starts, restarts and ends of actors are logged.</summary>
    public bool DebugLifecycle { get; }

    /// <summary>Accepted for compatibility.</summary>
    public bool DebugEventStream { get; }

    /// <summary>Whether unhandled messages are logged.</summary>
    public bool DebugUnhandledMessage { get; }

    /// <summary>The strategy of <c>/user</c>.</summary>
    public string SupervisorStrategyClass { get; }

    /// <summary>Whether the last phase of a coordinated shutdown stops the system.</summary>
    public bool CoordinatedShutdownTerminateActorSystem { get; }

    /// <summary>Whether stopping the system runs the coordinated shutdown.</summary>
    public bool CoordinatedShutdownRunByActorSystemTerminate { get; }

    internal SupervisorStrategy GuardianStrategy() => SupervisorStrategyClass switch
    {
        "default" or "Akka.Actor.DefaultSupervisorStrategy" => SupervisorStrategy.DefaultStrategy,
        "stopping" or "Akka.Actor.StoppingSupervisorStrategy" => SupervisorStrategy.StoppingStrategy,
        var other => throw new ConfigurationException($"akka.actor.guardian-supervisor-strategy is {other}; known are Akka.Actor.DefaultSupervisorStrategy and Akka.Actor.StoppingSupervisorStrategy."),
    };

    /// <inheritdoc/>
    public override string ToString() => Config.ToString();

    private static int DeadLettersToLog(string value) => value.ToUpperInvariant() switch
    {
        "ON" or "TRUE" => int.MaxValue,
        "OFF" or "FALSE" => 0,
        _ => int.TryParse(value, out int count) && count >= 0
            ? count
            : throw new ConfigurationException($"akka.log-dead-letters is {value}; it has to be on, off or a number."),
    };
}
