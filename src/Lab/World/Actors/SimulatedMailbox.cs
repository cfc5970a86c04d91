using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Actors.Lab.World;

/// <summary>Every mailbox of a simulated process, whatever the configuration asks for.</summary>
internal sealed class SimulatedMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<SimulatedMessageQueue>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new SimulatedMessageQueue(ProcessEnvironment.Required.Runtime.Queue, owner);
}

/// <summary>Hands out one message a turn, so that the world decides between any two.</summary>
internal class SimulatedMessageQueue(RunQueue queue, IActorRef owner)
    : IMessageQueue, IUnboundedDequeBasedMessageQueueSemantics, IBoundedDequeBasedMessageQueueSemantics, IMultipleConsumerSemantics, ILoggerMessageQueueSemantics
{
    private readonly LinkedList<Envelope> _envelopes = [];
    private bool _mayHandOut;

    /// <summary>Its place among all mailboxes.</summary>
    public long Number { get; } = queue.NextMailbox();

    public bool HasMessages => _envelopes.Count > 0;

    public int Count => _envelopes.Count;

    /// <summary>Never used: the queue has no limit, so nothing waits to be pushed.</summary>
    public TimeSpan PushTimeOut => TimeSpan.Zero;

    public void BeginTurn() => _mayHandOut = true;

    public virtual void Enqueue(IActorRef receiver, Envelope envelope) => _envelopes.AddLast(envelope);

    public void EnqueueFirst(Envelope envelope) => _envelopes.AddFirst(envelope);

    public virtual bool TryDequeue(out Envelope envelope)
    {
        envelope = default;
        if (!_mayHandOut || _envelopes.First is not { } first)
            return false;
        _mayHandOut = false;
        envelope = first.Value;
        queue.Observe(owner.Path, envelope.Message, _envelopes.Count);
        _envelopes.RemoveFirst();
        return true;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        foreach (var envelope in _envelopes)
            deadletters.Enqueue(owner, envelope);
        _envelopes.Clear();
    }
}
