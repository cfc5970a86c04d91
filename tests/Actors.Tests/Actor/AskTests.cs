namespace Actors.Tests.Actor;

public class AskTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Answers as the message says.</summary>
    private sealed class Answerer : ReceiveActor
    {
        private IActorRef _later = ActorRefs.Nobody;

        public Answerer()
        {
            Receive<string>(text => text == "silence", _ => _later = Sender);
            Receive<string>(text => text == "late", _ => _later.Tell("too late"));
            Receive<string>(text => Sender.Tell($"re: {text}"));
            Receive<Exception>(cause => Sender.Tell(new Status.Failure(cause)));
            Receive<IActorRef>(target => target.Tell("to the ref in the message"));
        }
    }

    private static IActorRef Start(World world) => world.System.ActorOf<Answerer>("answerer");

    [Fact]
    public void The_answer_comes_as_a_task() => World.Each(world =>
        Assert.Equal("re: x", world.Runtime.Await(Start(world).Ask<string>("x", Second), Second)));

    [Fact]
    public void Without_an_answer_in_time_the_task_fails() => World.Each(world =>
    {
        Task<string> answer = Start(world).Ask<string>("silence", Second);
        world.Runtime.AdvanceBy(Second * 0.9);
        Assert.False(answer.IsCompleted);
        world.Runtime.AdvanceBy(Second);
        Assert.IsType<AskTimeoutException>(answer.Exception!.InnerException);
    });

    [Fact]
    public void An_answer_that_comes_too_late_is_a_dead_letter_and_its_place_is_forgotten() => World.Each(world =>
    {
        List<DeadLetter> dead = world.Published<DeadLetter>();
        IActorRef answerer = Start(world);
        Task<string> answer = answerer.Ask<string>("silence", Second);
        var temp = (VirtualPathContainer)((ExtendedActorSystem)world.System).Provider.TempContainer;
        Assert.Equal(1, temp.Count);
        world.Runtime.AdvanceBy(Second * 2);
        Assert.Equal(0, temp.Count);
        world.Tell(answerer, "late");
        Assert.Equal("too late", Assert.Single(dead).Message);
        Assert.True(answer.IsFaulted);
    });

    [Fact]
    public void The_configured_time_out_counts_for_an_Ask_that_says_nothing_else() => World.Each(
        world =>
        {
            Task<object> answer = Start(world).Ask("silence");
            world.Runtime.AdvanceBy(TimeSpan.FromSeconds(3));
            Assert.IsType<AskTimeoutException>(answer.Exception!.InnerException);
        },
        "akka.actor.ask-timeout = 2s");

    [Fact]
    public void A_cancelled_Ask_is_cancelled() => World.Each(world =>
    {
        using var source = new CancellationTokenSource();
        Task<string> answer = Start(world).Ask<string>("silence", source.Token);
        world.Settle();
        source.Cancel();
        Assert.True(answer.IsCanceled);
    });

    [Fact]
    public void A_failure_as_the_answer_is_thrown() => World.Each(world =>
    {
        var cause = new ArgumentException("no");
        Task<string> answer = Start(world).Ask<string>(cause, Second);
        world.Settle();
        Assert.Same(cause, answer.Exception!.InnerException);
    });

    [Fact]
    public void A_failure_can_be_asked_for() => World.Each(world =>
        Assert.IsType<Status.Failure>(world.Runtime.Await(Start(world).Ask<Status>(new ArgumentException("no"), Second), Second)));

    [Fact]
    public void An_answer_of_another_type_fails_the_task() => World.Each(world =>
    {
        Task<int> answer = Start(world).Ask<int>("x", Second);
        world.Settle();
        Assert.IsType<ArgumentException>(answer.Exception!.InnerException);
    });

    [Fact]
    public void The_message_can_hold_the_ref_to_answer_to() => World.Each(world =>
        Assert.Equal("to the ref in the message", world.Runtime.Await(Start(world).Ask<string>(self => self, Second, CancellationToken.None), Second)));

    [Fact]
    public void A_selection_can_be_asked() => World.Each(world =>
    {
        Start(world);
        Assert.Equal("re: x", world.Runtime.Await(world.System.ActorSelection("/user/answerer").Ask<string>("x", Second), Second));
    });

    [Fact]
    public void Asking_the_dead_times_out() => World.Each(world =>
    {
        IActorRef answerer = Start(world);
        world.System.Stop(answerer);
        world.Settle();
        Task<string> answer = answerer.Ask<string>("x", Second);
        world.Runtime.AdvanceBy(Second * 2);
        Assert.IsType<AskTimeoutException>(answer.Exception!.InnerException);
    });

    [Fact]
    public void PipeTo_sends_the_result_or_the_failure() => World.Each(world =>
    {
        IActorRef target = world.Spawn("target", new Script { TellsLife = false });
        Task.FromResult(5).PipeTo(target);
        world.Settle();
        Task.FromException<int>(new ArgumentException("no")).PipeTo(target, failure: cause => $"failed: {cause.Message}");
        world.Settle();
        Task.FromResult("x").PipeTo(target, success: text => text + "!");
        world.Settle();
        Task.CompletedTask.PipeTo(target);
        Task.CompletedTask.PipeTo(target, success: () => "done");
        world.Settle();
        new ValueTask<int>(6).PipeTo(target, useConfigureAwait: true, success: number => number + 1);
        ValueTask.CompletedTask.PipeTo(target, useConfigureAwait: false, success: () => "done too");
        world.Settle();
        world.Told("target gets 5", "target gets failed: no", "target gets x!", "target gets done", "target gets 7", "target gets done too");
    });

    [Fact]
    public void PipeTo_without_a_mapping_sends_a_Failure_and_without_a_sender_nobody_is() => World.Each(world =>
    {
        IActorRef target = world.Spawn("target", new Script { TellsLife = false });
        IActorRef piper = world.Spawn("piper", new Script { TellsLife = false });
        Status.Failure? seen = null;
        IActorRef? sender = null;
        world.In(target, context => context.Become(message =>
        {
            seen = message as Status.Failure;
            sender = context.Sender;
            return true;
        }));
        var cause = new ArgumentException("no");
        world.In(piper, _ => Task.FromException<int>(cause).PipeTo(target));
        Assert.Same(cause, seen?.Cause);
        Assert.Equal(world.System.DeadLetters, sender);
        world.In(piper, context => Task.FromException<int>(cause).PipeTo(target, context.Self));
        Assert.Equal(piper, sender);
    });

    [Fact]
    public void PipeTo_sends_a_Failure_if_the_result_cannot_be_sent() => World.Each(world =>
    {
        IActorRef target = world.Spawn("target", new Script { TellsLife = false });
        Task.FromResult(1).PipeTo(target, success: _ => throw new ArgumentException("mapping"), failure: cause => cause.Message);
        Task.FromResult<string?>(null).PipeTo(target, failure: cause => cause.GetType().Name);
        world.Settle();
        world.Told("target gets mapping", "target gets InvalidMessageException");
    });

    [Fact]
    public void Forward_keeps_the_sender() => World.Each(world =>
    {
        IActorRef target = world.Spawn("target", new Script { TellsLife = false });
        IActorRef middle = world.Spawn("middle", new Script { TellsLife = false });
        IActorRef? seen = null;
        world.In(target, context => context.Become(_ => { seen = context.Sender; return true; }));
        world.In(middle, context => context.Become(message => { target.Forward(message); return true; }));
        IActorRef asker = world.Spawn("asker", new Script { TellsLife = false });
        world.Tell(middle, "x", asker);
        Assert.Equal(asker, seen);
    });

    [Fact]
    public void GracefulStop_ends_when_the_actor_has_stopped() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor");
        actor.Tell("before", ActorRefs.NoSender);
        Task<bool> stopped = actor.GracefulStop(Second);
        Assert.True(world.Runtime.Await(stopped, Second));
        world.Told("actor starts", "actor gets before", "actor stops");
        Assert.True(world.Runtime.Await(actor.GracefulStop(Second), Second), "the dead have stopped");
    });

    [Fact]
    public void GracefulStop_is_cancelled_if_the_actor_does_not_stop_in_time() => World.Each(world =>
    {
        Task<bool> stopped = world.Spawn("actor").GracefulStop(Second, "please");
        Assert.Throws<TaskCanceledException>(() => world.Runtime.Await(stopped, Second * 2));
    });

    [Fact]
    public void WatchAsync_ends_with_the_actor_or_with_its_token() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor");
        using var source = new CancellationTokenSource();
        Task<bool> given = actor.WatchAsync(source.Token), kept = actor.WatchAsync();
        world.Settle();
        source.Cancel();
        world.System.Stop(actor);
        world.Settle();
        Assert.False(given.Result);
        Assert.True(kept.Result);
    });

    [Fact]
    public void Null_cannot_be_sent() => World.Each(world => Assert.Throws<InvalidMessageException>(() => world.Spawn("actor").Tell(null!)));

    [Fact(Timeout = 60_000)]
    public async Task An_answer_that_overtakes_the_end_of_the_question_is_not_lost()
    {
        using ActorSystem system = ActorSystem.Create("asked");
        IActorRef answerer = system.ActorOf<Answerer>();
        for (int i = 0; i < 20_000; i++)
        {
            int spins = i % 256;
            string answer = await answerer.Ask<string>(
                to =>
                {
                    answerer.Tell(to);
                    Thread.SpinWait(spins * 8);
                    return "silence";
                },
                Second * 20,
                CancellationToken.None);
            Assert.Equal("to the ref in the message", answer);
        }
    }
}
