using Actors.Runtime;

namespace Actors.Testing;

/// <summary>A message as a test actor received it.</summary>
public abstract class MessageEnvelope
{
    /// <summary>The message; null if there is none.</summary>
    public abstract object? Message { get; }

    /// <summary>Who sent it.</summary>
    public abstract IActorRef Sender { get; }
}
