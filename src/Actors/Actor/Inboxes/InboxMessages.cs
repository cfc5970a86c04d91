namespace Actors.Runtime;

/// <summary>A query has waited long enough.</summary>
internal sealed record InboxExpiry(InboxQuery Query) : Event.IDeadLetterSuppression;

/// <summary>Has the inbox watch an actor; the message, if given, comes instead of Terminated.</summary>
internal sealed record InboxWatch(IActorRef Subject, object? Message);

/// <summary>Has the inbox watch an actor no longer.</summary>
internal sealed record InboxUnwatch(IActorRef Subject);
