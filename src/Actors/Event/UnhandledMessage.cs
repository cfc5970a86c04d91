using Actors.Runtime;

namespace Actors.Event;

/// <summary>A message that reached its actor, which had no handler for it.</summary>
public sealed class UnhandledMessage : AllDeadLetters
{
    /// <summary>Creates the event.</summary>
    public UnhandledMessage(object message, IActorRef sender, IActorRef recipient) : base(message, sender, recipient) { }
}
