using Actors.Runtime.Dsl;

namespace Actors.Tests.Actor;

public sealed class ActorDslTests : TestKit
{
    [Fact]
    public void A_described_actor_handles_by_type_and_predicate()
    {
        IActorRef actor = Sys.ActorOf((dsl, context) =>
        {
            string name = context.Self.Path.Name;
            dsl.Receive<string>((message, ctx) => ctx.Sender.Tell(name + " hears " + message));
            dsl.Receive<int>(number => number > 5, (number, ctx) => ctx.Sender.Tell(number * 2));
            dsl.ReceiveAsync<double>(async (number, ctx) =>
            {
                await Task.Yield();
                ctx.Sender.Tell(number / 2);
            });
            dsl.ReceiveAny((message, ctx) => ctx.Sender.Tell(("other", message)));
        }, "fred");
        actor.Tell("this");
        ExpectMsg("fred hears this");
        actor.Tell(6);
        ExpectMsg(12);
        actor.Tell(5);
        ExpectMsg(("other", (object)5));
        actor.Tell(5.0);
        ExpectMsg(2.5);
    }

    [Fact]
    public void A_described_actor_becomes_and_goes_back()
    {
        IActorRef actor = ActorOf(dsl => dsl.ReceiveAny((message, _) =>
        {
            TestActor.Tell("first");
            if (message is "switch")
            {
                dsl.BecomeStacked((inner, _) =>
                {
                    TestActor.Tell("second");
                    if (inner is "switch")
                        dsl.UnbecomeStacked();
                });
            }
        }));
        actor.Tell("switch");
        actor.Tell("switch");
        actor.Tell("x");
        ExpectMsg("first");
        ExpectMsg("second");
        ExpectMsg("first");
        IActorRef replaced = ActorOf(dsl => dsl.ReceiveAny((_, _) => dsl.Become((message, ctx) => ctx.Sender.Tell(message))));
        replaced.Tell(1);
        replaced.Tell(2);
        ExpectMsg(2);
    }

    [Fact]
    public void Its_hooks_replace_those_of_an_actor_and_can_call_them()
    {
        IActorRef actor = ActorOf(dsl =>
        {
            dsl.OnPreStart = _ => TestActor.Tell("started");
            dsl.OnPostStop = _ => TestActor.Tell("stopped");
            dsl.OnPreRestart = (reason, message, _) =>
            {
                TestActor.Tell((reason.Message, message));
                dsl.DefaultPreRestart(reason, message);
            };
            dsl.OnPostRestart = (reason, _) =>
            {
                TestActor.Tell("again after " + reason.Message);
                dsl.DefaultPostRestart(reason);
            };
            dsl.Receive<string>((_, _) => throw new ArithmeticException("broken"));
        });
        ExpectMsg("started");
        EventFilter.Exception<ArithmeticException>().ExpectOne(() => actor.Tell("break"));
        ExpectMsg(("broken", (object)"break"));
        ExpectMsg("stopped");
        ExpectMsg("again after broken");
        ExpectMsg("started");
        Sys.Stop(actor);
        ExpectMsg("stopped");
    }

    [Fact]
    public void It_has_described_children_that_it_supervises()
    {
        EventFilter.Exception<ArithmeticException>().ExpectOne(() =>
        {
            ActorOf(dsl =>
            {
                dsl.Strategy = new OneForOneStrategy(_ => Directive.Stop);
                IActorRef child = dsl.ActorOf(inner =>
                {
                    inner.OnPreStart = context => context.Parent.Tell(context.Self.Path.Name);
                    inner.OnPostStop = _ => TestActor.Tell("child stopped");
                    inner.ReceiveAny((_, _) => throw new ArithmeticException());
                }, "barney");
                dsl.ReceiveAny((message, _) =>
                {
                    TestActor.Tell(message);
                    child.Tell("break");
                });
            }, "fred");
            ExpectMsg("barney");
            ExpectMsg("child stopped");
        });
        Assert.Equal("/user/fred/barney", LastSender.Path.ToStringWithoutAddress());
    }
}
