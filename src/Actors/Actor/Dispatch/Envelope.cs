namespace Actors.Runtime;

/// <summary>A message and who sent it.</summary>
public readonly struct Envelope
{
    /// <summary>Creates the envelope.</summary>
    public Envelope(object message, IActorRef sender)
    {
        Message = message;
        Sender = sender;
    }

    /// <summary>What was sent.</summary>
    public object Message { get; }

    /// <summary>Who sent it; null for nobody.</summary>
    public IActorRef Sender { get; }

    /// <inheritdoc/>
    public override string ToString() => $"<{Message}> from {Sender?.ToString() ?? "NoSender"}";
}
