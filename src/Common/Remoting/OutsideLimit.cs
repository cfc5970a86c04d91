using Google.Protobuf;

namespace Actors.Common;

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
        var nobody = ((IInternalActorRef)receiver).Provider.DeadLetters;
        refusals.Add(envelope.Sender?.Path.Address.ToString() ?? "no sender", $"a message for {receiver.Path.Name}, where {capacity} wait");
        nobody.Tell(new DeadLetter(envelope.Message, envelope.Sender ?? nobody, receiver));
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
