using Actors.Tests.Actor;

namespace Actors.Tests.Event;

public class LoggingTests
{
    private static List<string> Texts(World world) => world.Settle().Logged.ConvertAll(entry => $"{entry.LogLevel().StringFor()} {entry.Message}");

    private static void LogAll(World world)
    {
        world.System.Log.Debug("d");
        world.System.Log.Info("i");
        world.System.Log.Warning("w");
        world.System.Log.Error("e");
    }

    [Fact]
    public void What_is_below_the_level_is_not_logged() => World.Each(
        world =>
        {
            LogAll(world);
            Assert.Equal(["WARNING w", "ERROR e"], Texts(world));
            Assert.False(world.System.Log.IsInfoEnabled);
            Assert.True(world.System.Log.IsEnabled(LogLevel.WarningLevel));
        },
        "akka.loglevel = WARNING");

    [Fact]
    public void A_dead_letter_that_is_the_first_message_of_a_program_is_logged()
    {
        var runtime = new DeterministicRuntime(1);
        var logged = new List<LogEvent>();
        ActorSystem system = ActorSystem.Create("hasty", Config.Empty, runtime.CreateEnvironment(new World.Sink(logged)));
        system.DeadLetters.Tell("x");
        runtime.RunUntilIdle();
        Assert.Contains("was not delivered", Assert.Single(logged).Message.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Off_logs_nothing() => World.Each(
        world =>
        {
            LogAll(world);
            Assert.Empty(Texts(world));
        },
        "akka.loglevel = OFF");

    [Fact]
    public void Without_loggers_nothing_reaches_the_sink_but_the_stream_still_carries_it() => World.Each(
        world =>
        {
            List<Error> errors = world.Published<Error>();
            LogAll(world);
            Assert.Empty(Texts(world));
            Assert.Single(errors);
        },
        "akka.loggers = []");

    [Fact]
    public void A_log_event_names_its_actor_the_time_and_its_arguments() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor", new Script { TellsLife = false });
        world.Runtime.AdvanceBy(TimeSpan.FromHours(1));
        var cause = new InvalidOperationException("boom");
        world.In(actor, context => context.GetLogger().Warning(cause, "{0} and {1:x}", "text", 255));
        LogEvent entry = Assert.Single(world.Settle().Logged);
        Assert.Equal("text and ff", entry.Message.ToString());
        Assert.Equal("akka://world/user/actor", entry.LogSource);
        Assert.Equal(typeof(Scripted), entry.LogClass);
        Assert.Same(cause, entry.Cause);
        Assert.Equal(new DateTime(2026, 1, 1, 1, 0, 0, DateTimeKind.Utc), entry.Timestamp);
        Assert.StartsWith("[WARNING][2026-01-01 01:00:00.000Z]", entry.ToString(), StringComparison.Ordinal);
        Assert.Contains("[akka://world/user/actor] text and ff", entry.ToString(), StringComparison.Ordinal);
        Assert.Contains("boom", entry.ToString(), StringComparison.Ordinal);
    });

    [Fact]
    public void A_message_shows_its_text_and_arguments_apart() => World.Each(world =>
    {
        world.System.Log.Warning("{0} and {1}", 1, 2);
        world.System.Log.Warning("{0}", []);
        Assert.Equal(
            ["{0} and {1} [1, 2]", "{0}"],
            world.Settle().Logged.Select(entry => Assert.IsType<LogMessage>(entry.Message, exactMatch: false).Unformatted()));
    });

    [Fact]
    public void A_logger_that_is_no_actors_names_the_system_too() => World.Each(world =>
    {
        Logging.GetLogger(world.System, "mine").Info("text");
        Logging.GetLogger(world.System, typeof(World)).Info("type");
        Logging.GetLogger(world.System.EventStream, "bare").Info("bus");
        Assert.Equal(["mine (akka://world)", "World (akka://world)", "bare"], world.Settle().Logged.Select(entry => entry.LogSource));
    });

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{0} {1}", "1 2")]
    [InlineData("{First} then {Second:000}", "1 then 002")]
    [InlineData("{{literal}} {0}", "{literal} 1")]
    [InlineData("{0} {5}", "[INVALID LOG FORMAT] {0} {5} [1, 2]")]
    [InlineData("open {0", "[INVALID LOG FORMAT] open {0 [1, 2]")]
    public void A_text_is_filled_in_and_a_wrong_one_never_throws(string text, string expected) =>
        Assert.Equal(expected, DefaultLogMessageFormatter.Instance.Format(text, 1, 2));

    [Fact]
    public void Dead_letters_are_logged_up_to_a_number_and_again_after_a_pause() => World.Each(
        world =>
        {
            IActorRef actor = world.Spawn("actor", new Script { TellsLife = false });
            world.System.Stop(actor);
            world.Settle();
            for (int i = 0; i < 10; i++)
                world.Tell(actor, i);
            Assert.Equal(3, world.Logged.Count);
            Assert.Contains("no more dead letters will be logged in next", world.Logged[^1].Message.ToString(), StringComparison.Ordinal);
            world.Runtime.AdvanceBy(TimeSpan.FromSeconds(61));
            world.Tell(actor, "again");
            Assert.Equal(4, world.Logged.Count);
            Assert.Contains(" [11] dead letters encountered, of which 7 were not logged", world.Logged[^1].Message.ToString(), StringComparison.Ordinal);
            world.Tell(actor, "anew");
            Assert.Contains(" [1] dead letters encountered. ", world.Logged[^1].Message.ToString(), StringComparison.Ordinal);
        },
        "akka { log-dead-letters = 3, log-dead-letters-suspend-duration = 60s }");

    [Fact]
    public void A_dead_letter_is_logged_with_its_sender_if_it_has_one_and_a_dropped_one_with_why() => World.Each(world =>
    {
        IActorRef gone = world.Spawn("gone", new Script { TellsLife = false }), sender = world.Spawn("sender", new Script { TellsLife = false });
        world.System.Stop(gone);
        world.Settle();
        world.Tell(gone, "x");
        world.Tell(gone, 1, sender);
        world.System.EventStream.Publish(new Dropped("x", "No room", gone));
        Assert.Collection(
            Texts(world),
            text => Assert.StartsWith($"INFO Message [String] to {gone} was not delivered. [1] dead letters encountered. ", text, StringComparison.Ordinal),
            text => Assert.StartsWith($"INFO Message [Int32] from {sender} to {gone} was not delivered. [2] dead letters encountered. ", text, StringComparison.Ordinal),
            text => Assert.StartsWith($"INFO Message [String] to {gone} was dropped. No room. [3] dead letters encountered. ", text, StringComparison.Ordinal));
    });

    [Fact]
    public void An_unhandled_message_is_logged_as_such_with_what_is_in_its_wrapping_unless_it_asks_for_silence() => World.Each(world =>
    {
        IActorRef sender = world.Spawn("sender", new Script { TellsLife = false });
        IActorRef silent = world.System.ActorOf(Props.Create(() => new Silent()), "silent");
        world.Tell(silent, 7, sender);
        world.Tell(silent, new Wrapped(7));
        world.Tell(silent, new Unimportant());
        world.System.EventStream.Publish(new Dropped("x", "No room", world.System.DeadLetters));
        Assert.Collection(
            Texts(world),
            text => Assert.StartsWith($"INFO Message [Int32] from {sender} to {silent} was unhandled. [1] dead letters encountered. This logging", text, StringComparison.Ordinal),
            text => Assert.StartsWith($"INFO Message [Int32] wrapped in [$Wrapped] to {silent} was unhandled. [2] dead letters encountered. This logging", text, StringComparison.Ordinal),
            text => Assert.StartsWith("INFO Message [String] was dropped. No room. [3] dead letters encountered. This logging", text, StringComparison.Ordinal));
    });

    private sealed record Wrapped(object Message) : IWrappedMessage;

    private sealed record Unimportant : IDeadLetterSuppression;

    [Fact]
    public void A_level_that_is_set_later_counts_for_the_loggers() => World.Each(world =>
    {
        world.System.Log.Debug("too early");
        world.System.EventStream.SetLogLevel(LogLevel.DebugLevel);
        world.System.Log.Debug("heard");
        world.Settle();
        world.System.EventStream.SetLogLevel(LogLevel.ErrorLevel);
        world.System.EventStream.Publish(new Warning("source", typeof(LoggingTests), "too late"));
        Assert.Equal(["DEBUG heard"], Texts(world));
    });

    [Fact]
    public void Dead_letters_are_not_logged_if_told_so_but_counted() => World.Each(
        world =>
        {
            world.System.DeadLetters.Tell("x", ActorRefs.NoSender);
            Assert.Empty(Texts(world));
            Assert.Equal(1, ((DeadLetterActorRef)world.System.DeadLetters).Count);
        },
        "akka.log-dead-letters = off");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_asks_not_to_be_a_dead_letter_is_none_by_a_selection_either(bool toDeadLetters) => World.Each(world =>
    {
        List<AllDeadLetters> letters = world.Published<AllDeadLetters>();
        IActorRef gone = world.Spawn("gone", new Script { TellsLife = false }), sender = world.Spawn("sender", new Script { TellsLife = false });
        world.System.Stop(gone);
        world.Settle();
        ActorPath path = toDeadLetters ? world.System.DeadLetters.Path : gone.Path;
        world.System.ActorSelection(path).Tell(new Quiet(), sender);
        world.System.ActorSelection(path).Tell("news", sender);
        world.Settle();
        Assert.Collection(
            letters,
            letter => Assert.IsType<Quiet>(Assert.IsType<SuppressedDeadLetter>(letter).Message),
            letter => Assert.Equal(("news", path, sender), (Assert.IsType<DeadLetter>(letter).Message, letter.Recipient.Path, letter.Sender)));
    });

    private sealed class Quiet : IDeadLetterSuppression;

    [Fact]
    public void A_late_PoisonPill_is_no_news() => World.Each(world =>
    {
        List<DeadLetter> dead = world.Published<DeadLetter>();
        List<SuppressedDeadLetter> suppressed = world.Published<SuppressedDeadLetter>();
        IActorRef actor = world.Spawn("actor", new Script { TellsLife = false });
        world.System.Stop(actor);
        world.Settle();
        world.Tell(actor, PoisonPill.Instance);
        Assert.Empty(dead);
        SuppressedDeadLetter only = Assert.Single(suppressed);
        Assert.Equal((PoisonPill.Instance, world.System.DeadLetters), (only.Message, only.Recipient));
    });

    [Fact]
    public void A_failure_is_logged_in_the_name_of_the_child_as_an_error_and_a_resumed_one_as_a_warning() => World.Each(world =>
    {
        foreach (Directive directive in (Directive[])[Directive.Restart, Directive.Resume])
        {
            IActorRef parent = world.Spawn($"parent-{directive}", new Script { TellsLife = false, Strategy = new OneForOneStrategy(_ => directive) });
            IActorRef? child = null;
            world.In(parent, context => child = context.ActorOf(Props.Create(() => new Scripted(world, new Script { TellsLife = false })), "child"));
            world.Tell(child!, new InvalidOperationException("boom"));
        }
        Assert.Collection(
            world.Logged,
            error => Assert.True(error is Error { LogSource: "akka://world/user/parent-Restart/child", Cause: InvalidOperationException }),
            warning => Assert.True(warning is Warning { LogSource: "akka://world/user/parent-Resume/child" }));
    });

    [Fact]
    public void Lives_and_unhandled_messages_are_logged_for_debugging() => World.Each(
        world =>
        {
            world.System.Stop(world.Spawn("actor", new Script { TellsLife = false }));
            IActorRef picky = world.Spawn("picky", new Script { TellsLife = false });
            world.In(picky, context => context.Become(_ => false));
            world.Tell(picky, "what?");
            List<string> texts = Texts(world);
            Assert.Contains(texts, text => text.StartsWith("DEBUG Started", StringComparison.Ordinal));
            Assert.Contains("DEBUG Stopped", texts);
            Assert.Contains(texts, text => text.Contains("Unhandled message", StringComparison.Ordinal) && text.Contains("what?", StringComparison.Ordinal));
        },
        "akka { loglevel = DEBUG, actor.debug { lifecycle = on, unhandled = on } }");

    [Theory]
    [InlineData("on", "received handled message ping from akka://world/user/asker", "received unhandled message 7 from akka://world/deadLetters")]
    [InlineData("off")]
    public void Messages_of_an_actor_that_asks_for_it_are_logged_with_whether_a_handler_took_them(string receive, params string[] expected) => World.Each(
        world =>
        {
            IActorRef asker = world.Spawn("asker", new Script { TellsLife = false });
            IActorRef told = world.System.ActorOf(Props.Create(() => new Told()), "told");
            IActorRef silent = world.System.ActorOf(Props.Create(() => new Silent()), "silent");
            world.Settle().Logged.Clear();
            foreach (IActorRef actor in (IActorRef[])[told, silent])
            {
                world.Tell(actor, "ping", asker);
                world.Tell(actor, 7);
            }
            Assert.All(world.Logged, entry => Assert.Equal((LogLevel.DebugLevel, "akka://world/user/told", typeof(Told)), (entry.LogLevel(), entry.LogSource, entry.LogClass)));
            Assert.Equal(expected, world.Logged.Select(entry => entry.Message));
        },
        $"akka {{ loglevel = DEBUG, log-dead-letters = off, actor.debug.receive = {receive} }}");

    private class Silent : ReceiveActor
    {
        public Silent() => Receive<string>(_ => { });
    }

    private sealed class Told : Silent, ILogReceive;

    [Fact]
    public void The_end_of_the_loggers_is_told_on_the_event_stream() => World.Each(world =>
    {
        var told = new List<Debug>();
        world.System.EventStream.Subscribe(new Listener(world, told), typeof(Debug));
        world.Runtime.Await(world.System.Terminate(), TimeSpan.FromSeconds(20));
        Assert.Equal(["System shutdown initiated", "Shutting down: StandardOutLogger started", "All default loggers stopped"], told.Select(entry => entry.Message));
        Assert.All(told.Skip(1), entry => Assert.Equal((typeof(EventStream), "EventStream"), (entry.LogClass, entry.LogSource)));
    });

    /// <summary>Hears what is published when no actor runs any more.</summary>
    private sealed class Listener(World world, List<Debug> told) : MinimalActorRef
    {
        public override ActorPath Path { get; } = new RootActorPath(new Address("akka", "listener")) / "listener";

        public override IActorRefProvider Provider => ((ExtendedActorSystem)world.System).Provider;

        protected override void TellInternal(object message, IActorRef sender) => told.Add((Debug)message);
    }

    [Fact]
    public void A_source_of_log_events_has_a_name_and_a_type() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor", new Script { TellsLife = false });
        Assert.Equal("LoggingTests (akka://world)", LogSource.FromType(typeof(LoggingTests), world.System));
        Assert.Equal("mine (akka://world)", LogSource.FromString("mine", world.System));
        Assert.Equal("akka://world/user/actor", LogSource.FromActorRef(actor, world.System));
        Assert.Equal(("LoggingTests (akka://world)", typeof(LoggingTests)), Parts(LogSource.Create(this, world.System)));
        Assert.Equal(("LoggingTests", typeof(LoggingTests)), Parts(LogSource.Create(typeof(LoggingTests))));
        world.In(actor, context => Assert.Equal(("akka://world/user/actor", typeof(Scripted)), Parts(LogSource.Create(context, context.System))));
        Assert.Empty(world.Logged);
    });

    private static (string Source, Type Type) Parts(LogSource source) => (source.Source, source.Type);

    [Fact]
    public void A_warning_while_the_system_stops_still_reaches_the_sink() => World.Each(world =>
    {
        CoordinatedShutdown.Get(world.System).AddTask(CoordinatedShutdown.PhaseServiceStop, "failing", () => throw new InvalidOperationException("task"));
        world.Spawn("actor", new Script { TellsLife = false, OnPostStop = () => throw new InvalidOperationException("hook") });
        world.Runtime.Await(world.System.Terminate(), TimeSpan.FromSeconds(20));
        Assert.Contains(world.Logged, entry => entry is Warning { Cause.Message: "task" });
        Assert.Contains(world.Logged, entry => entry is Error { Cause.Message: "hook" });
    });

    [Fact]
    public void A_logger_that_the_configuration_names_is_initialized_first_and_gets_the_events_of_its_level() => World.Each(
        world =>
        {
            List<UnhandledMessage> unhandled = world.Published<UnhandledMessage>();
            LogAll(world);
            world.System.ActorSelection("/system/log1-ToldLogger").Tell("tell", world.Spawn("reader"));
            world.Settle();
            Assert.Equal(["reader starts", "reader gets bus, w, e"], world.Story);
            Assert.Empty(world.Logged);
            Assert.Empty(unhandled);
        },
        $"akka {{ loglevel = WARNING, loggers = [\"{typeof(ToldLogger).AssemblyQualifiedName}\"] }}");

    [Theory]
    [InlineData("Akka.Event.DefaultLogger, Akka")]
    [InlineData("default")]
    public void The_loggers_of_AkkaNet_are_the_sink(string logger) => World.Each(
        world =>
        {
            LogAll(world);
            Assert.Equal(["ERROR e"], Texts(world));
        },
        $"akka {{ loglevel = ERROR, loggers = [\"{logger}\"] }}");

    [Theory]
    [InlineData("No.Such, Nowhere")]
    [InlineData("System.String, System.Private.CoreLib")]
    public void A_logger_that_is_no_actor_is_refused(string logger) =>
        Assert.Throws<ConfigurationException>(() => ActorSystem.Create("refused", $"akka.loggers = [\"{logger}\"]"));

    /// <summary>Answers with what it got.</summary>
    internal sealed class ToldLogger : ReceiveActor
    {
        private readonly List<string> _got = [];

        public ToldLogger()
        {
            Receive<InitializeLogger>(initialize =>
            {
                _got.Add(initialize.LoggingBus == Context.System.EventStream ? "bus" : "other");
                Sender.Tell(new LoggerInitialized());
            });
            Receive<LogEvent>(entry => _got.Add(entry.Message.ToString()!));
            Receive<string>(_ => Sender.Tell(string.Join(", ", _got)));
        }
    }
}
