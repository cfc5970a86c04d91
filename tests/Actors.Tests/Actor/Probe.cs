using System.Collections.Concurrent;

namespace Actors.Tests.Actor;

/// <summary>An actor that keeps what it gets, for tests to wait for.</summary>
internal sealed class Probe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly BlockingCollection<Envelope> _received = [];

    public Probe(ActorSystem system, string? name = null) => Ref = system.ActorOf(Props.Create<Keeper>(this), name);

    public IActorRef Ref { get; }

    public IActorRef LastSender { get; private set; } = ActorRefs.Nobody;

    public T Expect<T>()
    {
        object message = Take();
        return message is T expected ? expected : throw new InvalidOperationException($"Expected {typeof(T).Name}, got {message}");
    }

    public void Expect(object expected) => Assert.Equal(expected, Take());

    public int Waiting => _received.Count;

    private object Take()
    {
        if (!_received.TryTake(out Envelope envelope, Patience))
            throw new TimeoutException("Nothing came");
        LastSender = envelope.Sender;
        return envelope.Message;
    }

    private sealed class Keeper(Probe probe) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is DoWatch watch)
                Context.Watch(watch.Subject);
            else
                probe._received.Add(new Envelope(message, Sender));
        }
    }

    public void Watch(IActorRef subject) => Ref.Tell(new DoWatch(subject), ActorRefs.NoSender);

    private sealed record DoWatch(IActorRef Subject);
}
