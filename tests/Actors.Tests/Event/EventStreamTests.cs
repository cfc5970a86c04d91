using Actors.Tests.Actor;

namespace Actors.Tests.Event;

public class EventStreamTests
{
    private class Animal;

    private sealed class Cat : Animal, ICloneable
    {
        public object Clone() => new Cat();
    }

    private static readonly Script Quiet = new() { TellsLife = false };

    [Fact]
    public void A_subscriber_gets_events_of_the_type_of_types_below_it_and_of_interfaces() => World.Each(world =>
    {
        List<Animal> animals = world.Published<Animal>();
        List<Cat> cats = world.Published<Cat>();
        List<ICloneable> cloneable = world.Published<ICloneable>();
        world.System.EventStream.Publish(new Animal());
        world.System.EventStream.Publish(new Cat());
        world.System.EventStream.Publish("a text is cloneable");
        world.Settle();
        Assert.Equal((2, 1, 2), (animals.Count, cats.Count, cloneable.Count));
    });

    [Fact]
    public void An_event_comes_once_however_often_its_subscriber_subscribed() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor", Quiet);
        EventStream stream = world.System.EventStream;
        Assert.True(stream.Subscribe(actor, typeof(string)));
        Assert.False(stream.Subscribe(actor, typeof(string)));
        Assert.True(stream.Subscribe<object>(actor));
        stream.Publish("x");
        world.Settle().Told("actor gets x");
    });

    [Fact]
    public void Unsubscribing_ends_one_type_or_all() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor", Quiet);
        EventStream stream = world.System.EventStream;
        stream.Subscribe<string>(actor);
        stream.Subscribe<Version>(actor);
        stream.Publish("1");
        Assert.True(stream.Unsubscribe<string>(actor));
        Assert.False(stream.Unsubscribe<string>(actor));
        stream.Publish("2");
        stream.Publish(new Version(3, 0));
        world.Settle();
        Assert.True(stream.Unsubscribe(actor));
        stream.Publish(new Version(4, 0));
        world.Settle().Told("actor gets 1", "actor gets 3.0");
    });

    [Fact]
    public void A_subscriber_that_stopped_is_unsubscribed_without_a_dead_letter() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor", Quiet);
        world.System.EventStream.Subscribe(actor, typeof(DeadLetter));
        world.System.Stop(actor);
        world.Settle();
        world.System.DeadLetters.Tell("x", ActorRefs.NoSender);
        world.Settle();
        Assert.False(world.System.EventStream.Unsubscribe(actor));
    });
}
