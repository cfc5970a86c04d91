using System.Text.RegularExpressions;
using Xunit.Sdk;

namespace Actors.Testing.Tests.EventFilters;

public sealed class EventFilterTests() : TestKit("akka.loglevel = DEBUG")
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Fact]
    public void Each_level_has_its_filter()
    {
        EventFilter.Debug("d").ExpectOne(() => Log.Debug("d"));
        EventFilter.Info("i").ExpectOne(() => Log.Info("i"));
        EventFilter.Warning("w").ExpectOne(() => Log.Warning("w"));
        EventFilter.Error("e").ExpectOne(() => Log.Error("e"));
        EventFilter.ForLogLevel(LogLevel.WarningLevel, "w").ExpectOne(() => Log.Warning("w"));
        Assert.ThrowsAny<XunitException>(() => EventFilter.Info("x").ExpectOne(Soon, () => Log.Warning("x")));
    }

    [Fact]
    public void Messages_match_as_a_whole_by_start_by_part_and_by_pattern()
    {
        EventFilter.Info("hello world").ExpectOne(() => Log.Info("hello {0}", "world"));
        EventFilter.Info(start: "hello").ExpectOne(() => Log.Info("hello world"));
        EventFilter.Info(contains: "o w").ExpectOne(() => Log.Info("hello world"));
        EventFilter.Info(new Regex("^h.*d$")).ExpectOne(() => Log.Info("hello world"));
        Assert.ThrowsAny<XunitException>(() => EventFilter.Info("hello").ExpectOne(Soon, () => Log.Info("hello world")));
    }

    [Fact(Timeout = 30_000)]
    public async Task Events_that_come_later_are_waited_for()
    {
        IActorRef logger = Sys.ActorOf(Props.Create(() => new Logger()), "logger");
        await EventFilter.Info("later").ExpectAsync(3, () =>
        {
            for (int i = 0; i < 3; i++)
                Sys.Scheduler.ScheduleTellOnce(Soon, logger, "later", ActorRefs.NoSender);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public void The_source_is_an_actors_path_or_its_end()
    {
        IActorRef logger = Sys.ActorOf(Props.Create(() => new Logger()), "logger");
        EventFilter.Info(source: "/user/logger").ExpectOne(() => logger.Tell("x"));
        EventFilter.Info(source: "akka://test/user/logger").ExpectOne(() => logger.Tell("x"));
        Assert.ThrowsAny<XunitException>(() => EventFilter.Info(source: "/user/other").ExpectOne(Soon, () => logger.Tell("x")));
    }

    [Fact]
    public void Too_many_and_too_few_fail()
    {
        XunitException few = Assert.ThrowsAny<XunitException>(() => EventFilter.Info("x").Expect(2, Soon, () => Log.Info("x")));
        Assert.Contains("1/2", few.Message, StringComparison.Ordinal);
        XunitException many = Assert.ThrowsAny<XunitException>(() => EventFilter.Info("x").Expect(1, Soon, () =>
        {
            Log.Info("x");
            Log.Info("x");
        }));
        Assert.Contains("too many", many.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Expecting_none_waits_for_all_of_the_time()
    {
        EventFilter.Info("x").Expect(0, Soon, () => Log.Info("y"));
        IActorRef logger = Sys.ActorOf(Props.Create(() => new Logger()));
        Assert.ThrowsAny<XunitException>(() => EventFilter.Info("x").Expect(0, TimeSpan.FromSeconds(20), () =>
            Sys.Scheduler.ScheduleTellOnce(Soon, logger, "x", ActorRefs.NoSender)));
    }

    [Fact]
    public void A_block_that_ends_with_expecting_none_may_use_all_of_its_time() =>
        Within(Soon, () => EventFilter.Info("x").Expect(0, () => Log.Info("y")));

    [Fact]
    public void What_is_below_the_level_of_the_log_is_not_seen()
    {
        using var terse = new TestKit("akka.loglevel = INFO");
        terse.EventFilter.Debug().Expect(0, Soon, () => terse.Sys.EventStream.Publish(new Debug("source", GetType(), "x")));
    }

    [Fact]
    public void A_filter_without_a_time_waits_for_the_leeway()
    {
        using var hasty = new TestKit("akka.test.filter-leeway = 100ms\nakka.test.single-expect-default = 1h");
        Assert.ThrowsAny<XunitException>(() => hasty.EventFilter.Info("x").ExpectOne(() => { }));
    }

    [Fact]
    public void Exceptions_match_by_type_and_text()
    {
        EventFilter.Exception<ArithmeticException>().ExpectOne(() => Log.Error(new DivideByZeroException(), "text"));
        EventFilter.Exception<ArithmeticException>("its own").ExpectOne(() => Log.Error(new ArithmeticException("its own"), "text"));
        EventFilter.Exception(typeof(ArithmeticException), checkInnerExceptions: true).ExpectOne(
            () => Log.Error(new InvalidOperationException("outer", new ArithmeticException()), "text"));
        Assert.ThrowsAny<XunitException>(() => EventFilter.Exception<ArithmeticException>().ExpectOne(Soon, () => Log.Error(new TimeoutException(), "text")));
    }

    [Fact]
    public void Dead_letters_match_by_type_and_recipient()
    {
        IActorRef gone = Sys.ActorOf(Props.Create(() => new Logger()), "gone");
        Watch(gone);
        Sys.Stop(gone);
        ExpectTerminated(gone);
        EventFilter.DeadLetter().ExpectOne(() => gone.Tell("x"));
        EventFilter.DeadLetter<string>(text => text == "x", source: "/user/gone").ExpectOne(() => gone.Tell("x"));
        Assert.ThrowsAny<XunitException>(() => EventFilter.DeadLetter<int>().ExpectOne(Soon, () => gone.Tell("x")));
    }

    [Fact]
    public void Unhandled_messages_are_infos_and_nothing_worse()
    {
        IActorRef picky = Sys.ActorOf(UnhandledMessageActor.Props);
        EventFilter.Info(start: "Unhandled message from").ExpectOne(() => picky.Tell(42));
        EventFilter.Warning().And.Error().Expect(0, Soon, () => picky.Tell(42));
    }

    [Fact]
    public void Several_filters_count_together()
    {
        EventFilter.Info("a").And.Warning("b").Expect(2, () =>
        {
            Log.Info("a");
            Log.Warning("b");
        });
        EventFilter.Custom(logEvent => logEvent.Message.ToString() == "c").ExpectOne(() => Log.Info("c"));
    }

    [Fact(Timeout = 30_000)]
    public async Task What_the_action_returns_is_returned_and_what_it_throws_is_thrown()
    {
        Assert.Equal(7, await EventFilter.Info("x").ExpectOneAsync(() =>
        {
            Log.Info("x");
            return Task.FromResult(7);
        }));
        Assert.Throws<ArithmeticException>(() => EventFilter.Info("x").ExpectOne(() => throw new ArithmeticException()));
        Assert.Equal(8, EventFilter.Info("x").Mute(() => 8));
    }

    private sealed class Logger : ReceiveActor
    {
        private readonly ILoggingAdapter _log = Context.GetLogger();

        public Logger() => Receive<string>(text => _log.Info(text));
    }
}
