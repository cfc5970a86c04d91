using Actors.Runtime;

namespace Actors.Remote;

/// <summary>A message that came in and may be delivered.</summary>
internal sealed record InboundMessage(IInternalActorRef? Recipient, object Message, IActorRef? Sender)
{
    /// <summary>Takes the place of a numbered message that was refused.</summary>
    public static readonly InboundMessage Nothing = new(null, "", null);

    public void Deliver()
    {
        if (Recipient == null)
            return;
        if (Message is ISystemMessage system)
            Recipient.SendSystemMessage(system);
        else if (Message is ActorSelectionMessage selection)
            ActorSelection.DeliverSelection(Recipient, Sender, selection);
        else
            Recipient.Tell(Message, Sender);
    }
}
