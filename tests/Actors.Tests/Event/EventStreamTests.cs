using Actors.Tests.Actor;

namespace Actors.Tests.Event;

public class EventStreamTests
{
    private class Animal;

    private class Cat : Animal, ICloneable
    {
        public object Clone() => new Cat();
    }

    private sealed class Kitten : Cat;

    private sealed class Dog : Animal;

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
    public void Unsubscribing_a_type_below_ends_that_part_of_a_subscription() => World.Each(world =>
    {
        IActorRef actor = world.Spawn("actor", Quiet), other = world.Spawn("other", Quiet);
        EventStream stream = world.System.EventStream;
        stream.Subscribe<Animal>(actor);
        stream.Subscribe<Animal>(other);
        Assert.True(stream.Unsubscribe<Cat>(actor));
        Assert.False(stream.Unsubscribe<string>(actor));
        stream.Publish(new Kitten());
        world.Settle().Told($"other gets {new Kitten()}");
        stream.Publish(new Dog());
        world.Settle();
        Assert.Equal(3, world.Story.Count);
        Assert.Contains($"actor gets {new Dog()}", world.Story);
    });

    [Fact]
    public void What_was_unsubscribed_below_can_be_subscribed_again() => World.Each(world =>
    {
        List<object> seen = [];
        IActorRef actor = world.Spawn("actor", Quiet);
        world.In(actor, context => context.Become(message =>
        {
            seen.Add(message);
            return true;
        }));
        EventStream stream = world.System.EventStream;
        stream.Subscribe<Animal>(actor);
        stream.Unsubscribe<Cat>(actor);
        stream.Publish(new Cat());
        Assert.True(stream.Subscribe<Cat>(actor));
        Assert.False(stream.Subscribe<Animal>(actor));
        stream.Publish(new Cat());
        stream.Publish(new Animal());
        world.Settle();
        Assert.Equal([typeof(Cat), typeof(Animal)], seen.Select(animal => animal.GetType()));
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
