using Actors.Configuration;
using Actors.Event;
using Actors.Runtime.Setup;

namespace Actors.Runtime;

/// <summary>A tree of actors and what they share: dispatchers, scheduler, event stream, configuration.</summary>
public abstract class ActorSystem : IActorRefFactory, IDisposable
{
    /// <summary>The settings.</summary>
    public abstract Settings Settings { get; }

    /// <summary>The name.</summary>
    public abstract string Name { get; }

    /// <summary>The channel for events of general interest.</summary>
    public abstract EventStream EventStream { get; }

    /// <summary>Where messages go that reach nobody.</summary>
    public abstract IActorRef DeadLetters { get; }

    /// <summary>A ref that drops what it is told without a word.</summary>
    public abstract IActorRef IgnoreRef { get; }

    /// <summary>The dispatchers.</summary>
    public abstract Dispatchers Dispatchers { get; }

    /// <summary>The clock, and messages and actions at a later time.</summary>
    public abstract IScheduler Scheduler { get; }

    /// <summary>The logger of the system itself.</summary>
    public abstract ILoggingAdapter Log { get; }

    /// <summary>Completes when the system has stopped.</summary>
    public abstract Task WhenTerminated { get; }

    /// <summary>When the system started, on its monotonic clock.</summary>
    public TimeSpan StartTime { get; private protected set; }

    /// <summary>How long the system runs.</summary>
    public TimeSpan Uptime => Scheduler.MonotonicClock - StartTime;

    /// <summary>Starts a system with the default configuration.</summary>
    public static ActorSystem Create(string name) => Create(name, ConfigurationFactory.Empty);

    /// <summary>Starts a system; what the configuration does not say, the defaults do.</summary>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    /// <exception cref="ConfigurationException">The configuration cannot be used.</exception>
    public static ActorSystem Create(string name, Config config) => Create(name, config, RuntimeEnvironment.Current?.Sibling() ?? new RuntimeEnvironment());

    /// <summary>Starts a system with the configuration and the provider given.</summary>
    public static ActorSystem Create(string name, BootstrapSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return Create(name, setup.EffectiveConfig);
    }

    /// <summary>Starts a system with the parts given; a <see cref="BootstrapSetup"/> among them brings the configuration.</summary>
    public static ActorSystem Create(string name, ActorSystemSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        return Create(name, setup.Find<BootstrapSetup>() ?? BootstrapSetup.Create());
    }

    /// <summary>Starts a system in an environment of its own: time, randomness, threads and logs come from there.</summary>
    public static ActorSystem Create(string name, Config config, RuntimeEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(environment);
        var system = new ActorSystemImpl(name, config, environment);
        system.Start();
        return system;
    }

    /// <inheritdoc/>
    public abstract IActorRef ActorOf(Props props, string? name = null);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(ActorPath actorPath);

    /// <inheritdoc/>
    public abstract ActorSelection ActorSelection(string actorPath);

    /// <summary>Stops an actor after the message that it is working on.</summary>
    public abstract void Stop(IActorRef actor);

    /// <summary>Stops the system, in the phases of its coordinated shutdown; completes when it has stopped.</summary>
    public abstract Task Terminate();

    /// <summary>Runs code after the system has stopped.</summary>
    public abstract void RegisterOnTermination(Action code);

    /// <summary>Adds an extension, once for each type; hands out the one that is there.</summary>
    public abstract object RegisterExtension(IExtensionId extension);

    /// <summary>The extension of an id, or null.</summary>
    public abstract object? GetExtension(IExtensionId extensionId);

    /// <summary>The extension of a type, or null.</summary>
    public abstract T? GetExtension<T>() where T : class, IExtension;

    /// <summary>Whether there is an extension of a type.</summary>
    public abstract bool HasExtension(Type type);

    /// <summary>Whether there is an extension of a type.</summary>
    public abstract bool HasExtension<T>() where T : class, IExtension;

    /// <summary>The extension of a type, if there is one.</summary>
    public abstract bool TryGetExtension(Type extensionType, out object? extension);

    /// <summary>The extension of a type, if there is one.</summary>
    public abstract bool TryGetExtension<T>(out T? extension) where T : class, IExtension;

    /// <summary>Stops the system and waits until it has stopped, at most as long as its phases may take.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the system.</summary>
    protected virtual void Dispose(bool disposing) { }
}
