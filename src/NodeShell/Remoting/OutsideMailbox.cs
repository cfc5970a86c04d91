using System.Collections.Concurrent;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Google.Protobuf;

namespace Actors.NodeShell;

/// <summary>
/// The mailbox of an actor that others can reach: at most so many messages from outside wait in it. Policy at the limit: the
/// newest is a dead letter, and counted; its sender sends it again. What the node's own actors tell each other is not
/// bounded here: they rely on it, and there is only so much of it for each message from outside.
/// </summary>
public sealed class OutsideMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<OutsideMessageQueue>
{
    /// <summary>Where it is configured.</summary>
    public const string Path = "actors.outside-mailbox";

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        new OutsideMessageQueue(Config.GetInt("capacity"), Refusals.Of(system));
}

/// <summary>Never makes a sender wait: that would be the thread that reads the connections.</summary>
public sealed class OutsideMessageQueue(int capacity, Refusals refusals) : IMessageQueue, IUnboundedMessageQueueSemantics
{
    private readonly ConcurrentQueue<Envelope> _queue = new();
    private readonly OutsideLimit _limit = new(capacity, refusals);

    public bool HasMessages => !_queue.IsEmpty;

    public int Count => _queue.Count;

    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        if (_limit.TryEnter(receiver, envelope))
            _queue.Enqueue(envelope);
    }

    public bool TryDequeue(out Envelope envelope)
    {
        if (!_queue.TryDequeue(out envelope))
            return false;
        _limit.Leave(envelope);
        return true;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }
}

/// <summary>How many messages from outside wait in one mailbox: one more than may is a dead letter.</summary>
public sealed class OutsideLimit(int capacity, Refusals refusals)
{
    private int _fromOutside;

    /// <summary>False: the message is refused, and has been dealt with.</summary>
    public bool TryEnter(IActorRef receiver, Envelope envelope)
    {
        if (!IsFromOutside(envelope) || Interlocked.Increment(ref _fromOutside) <= capacity)
            return true;
        Interlocked.Decrement(ref _fromOutside);
        var deadLetters = ((IInternalActorRef)receiver).Provider.DeadLetters;
        refusals.Add(envelope.Sender?.Path.Address.ToString() ?? "no sender", $"a message for {receiver.Path.Name}, where {capacity} wait");
        deadLetters.Tell(new DeadLetter(envelope.Message, envelope.Sender ?? deadLetters, receiver));
        return false;
    }

    /// <summary>A message is taken out.</summary>
    public void Leave(Envelope envelope)
    {
        if (IsFromOutside(envelope))
            Interlocked.Decrement(ref _fromOutside);
    }

    // Nodes' own messages are no protobuf: those that travel are, and so is what is handed on of them.
    private static bool IsFromOutside(Envelope envelope) => envelope.Message is IMessage or Identify or ActorIdentity;
}
