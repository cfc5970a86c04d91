using Actors.Configuration;
using Actors.Event;
using Actors.Runtime;
using Actors.Runtime.Setup;

namespace Actors.Testing;

/// <summary>
/// A test's view of an actor system: a test actor that actors can be told about and talk to, and expectations about
/// what it receives. Not thread-safe: one test, one kit; tests that need several partners create probes.
/// </summary>
public abstract partial class TestKitBase : IActorRefFactory
{
    private readonly ITestKitAssertions _assertions;
    private readonly TestActorQueue _queue = new();
    private readonly TestActorContext? _context;
    private MessageEnvelope _last = NullMessageEnvelope.Instance;

    /// <summary>Uses a running system, or starts one with <see cref="DefaultConfig"/>.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        _assertions = assertions;
        Sys = system ?? TestSystem.Start("test", DefaultConfig);
        TestKitSettings = TestKitExtension.For(Sys);
        Log = Logging.GetLogger(Sys, GetType());
        EventFilter = new EventFilterFactory(this);
        (TestActor, ActorCell cell) = StartTestActor(testActorName);
        if (this is not INoImplicitSender)
            _context = TestActorContext.Install(cell);
        else if (this is not TestProbe)
            TestActorContext.Clear();
    }

    /// <summary>Starts a system with the configuration given.</summary>
    protected TestKitBase(ITestKitAssertions assertions, Config config, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, TestSystem.Start(actorSystemName ?? "test", (config ?? Config.Empty).WithFallback(DefaultConfig)), testActorName)
    {
    }

    /// <summary>Starts a system with the parts given.</summary>
    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null, string? testActorName = null)
        : this(assertions, setup.Find<BootstrapSetup>()?.EffectiveConfig ?? Config.Empty, actorSystemName, testActorName)
    {
    }

    /// <summary>What the kit adds to the configuration of the systems that it starts.</summary>
    public static Config DefaultConfig { get; } = ConfigurationFactory.ParseString(
        """
        akka.test {
          timefactor = 1.0
          filter-leeway = 3s
          single-expect-default = 3s
          expect-no-message-default = 3s
          default-timeout = 5s
          testkit-startup-timeout = 10s
          test-actor.dispatcher.type = CallingThreadDispatcher
          calling-thread-dispatcher.type = CallingThreadDispatcher
        }
        """);

    /// <summary>Everything that can be logged.</summary>
    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString(
        """
        akka {
          loglevel = DEBUG
          stdout-loglevel = DEBUG
          actor.debug {
            receive = on
            autoreceive = on
            lifecycle = on
            event-stream = on
            unhandled = on
          }
        }
        """).WithFallback(DefaultConfig);

    /// <summary>The time that time-outs are counted by; only differences mean something.</summary>
    public static TimeSpan Now => TestClock.Now;

    /// <summary>The system under test.</summary>
    public ActorSystem Sys { get; }

    /// <summary>The actor whose messages this kit sees. It is the implicit sender of the test.</summary>
    public IActorRef TestActor { get; }

    /// <summary>The section <c>akka.test</c>.</summary>
    public TestKitSettings TestKitSettings { get; }

    /// <summary>Writes into the log of the system.</summary>
    public ILoggingAdapter Log { get; }

    /// <summary>Expectations about what is logged.</summary>
    public EventFilterFactory EventFilter { get; }

    /// <summary>Whether a message waits to be looked at.</summary>
    public bool HasMessages => !_queue.IsEmpty;

    /// <summary>The message looked at last; null if the last wait was in vain.</summary>
    public object? LastMessage => _last.Message;

    /// <summary>Who sent <see cref="LastMessage"/>.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public IActorRef LastSender => _last.Sender;

    internal ITestKitAssertions TestAssertions => _assertions;

    /// <summary>Expectations about what another system logs.</summary>
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    /// <summary>Stretches a time-out by <c>akka.test.timefactor</c>.</summary>
    public TimeSpan Dilated(TimeSpan duration) =>
        duration == Timeout.InfiniteTimeSpan || duration == TimeSpan.MaxValue ? duration : duration * TestKitSettings.TestTimeFactor;

    /// <summary>Lets an auto-pilot answer for the test actor, from the next message on.</summary>
    public void SetAutoPilot(AutoPilot pilot) => TestActor.Tell(new Testing.TestActor.SetAutoPilot(pilot), ActorRefs.NoSender);

    /// <summary>Drops the messages that fit, unseen, from the next one on.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        TestActor.Tell(new Testing.TestActor.SetIgnore(message => shouldIgnoreMessage(message)), ActorRefs.NoSender);

    /// <summary>Drops the messages of a type that fit.</summary>
    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    /// <summary>Drops all messages of a type.</summary>
    public void IgnoreMessages<TMsg>() => IgnoreMessages(message => message is TMsg);

    /// <summary>Drops nothing any more.</summary>
    public void IgnoreNoMessages() => TestActor.Tell(new Testing.TestActor.SetIgnore(null), ActorRefs.NoSender);

    /// <summary>Has the test actor watch an actor; its <see cref="Terminated"/> will be a message like others.</summary>
    /// <returns>The actor.</returns>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        TestActor.Tell(new Testing.TestActor.Watch(actorToWatch), ActorRefs.NoSender);
        return actorToWatch;
    }

    /// <summary>See <see cref="Watch"/>.</summary>
    public Task<IActorRef> WatchAsync(IActorRef actorToWatch) => Task.FromResult(Watch(actorToWatch));

    /// <summary>Has the test actor watch an actor no longer.</summary>
    /// <returns>The actor.</returns>
    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        TestActor.Tell(new Testing.TestActor.Unwatch(actorToUnwatch), ActorRefs.NoSender);
        return actorToUnwatch;
    }

    /// <summary>See <see cref="Unwatch"/>.</summary>
    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) => Task.FromResult(Unwatch(actorToUnwatch));

    /// <summary>Stops the system and waits for its end: 5 seconds dilated, at most 10, if not told.</summary>
    /// <exception cref="TimeoutException">It did not end in time, and <paramref name="verifySystemShutdown"/> is set.</exception>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        Shutdown(Sys, duration, verifySystemShutdown);
        _context?.Remove();
    }

    /// <summary>Stops a system and waits for its end.</summary>
    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        ArgumentNullException.ThrowIfNull(system);
        TimeSpan limit = TimeSpan.FromSeconds(10);
        TimeSpan usual = Dilated(TimeSpan.FromSeconds(5));
        TimeSpan timeout = duration ?? (usual < limit ? usual : limit);
        if (system.Terminate().Wait(timeout))
            return;
        string message = $"Failed to stop [{system.Name}] within [{timeout}]{Environment.NewLine}{(system as ExtendedActorSystem)?.PrintTree()}";
        if (verifySystemShutdown)
            throw new TimeoutException(message);
        Log.Warning(message);
    }

    private (IActorRef Ref, ActorCell Cell) StartTestActor(string? name)
    {
        var cell = new TaskCompletionSource<ActorCell>(TaskCreationOptions.RunContinuationsAsynchronously);
        Props props = Props.CreateBy(new TestActorProducer(_queue, cell));
        if (TestKitSettings.LogSink is not null)
            props = props.WithDispatcher(CallingThreadDispatcher.TestActorId);
        IActorRef actor = ((ExtendedActorSystem)Sys).SystemActorOf(props, $"{name ?? "testActor"}{(name is null ? TestKitSettings.NextNumber() : "")}");
        if (!cell.Task.Wait(TestKitSettings.TestKitStartupTimeout))
            throw new TimeoutException($"The test actor did not start within {TestKitSettings.TestKitStartupTimeout}");
        return (actor, cell.Task.Result);
    }
}
