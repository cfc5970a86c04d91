using Actors.Runtime;

namespace Actors.Event;

/// <summary>A message whose recipient does not exist or has stopped.</summary>
public sealed class DeadLetter : AllDeadLetters
{
    /// <summary>Creates the event.</summary>
    public DeadLetter(object message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient) { }
}
