using Actors.Runtime;

namespace Actors.Event;

/// <summary>A dead letter of a kind that nobody needs to hear of, such as a late <see cref="PoisonPill"/>.</summary>
public sealed class SuppressedDeadLetter : AllDeadLetters
{
    /// <summary>Creates the event.</summary>
    public SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient) { }
}
