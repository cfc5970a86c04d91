using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Stands for the message that did not come.</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    /// <summary>The only instance.</summary>
    public static readonly NullMessageEnvelope Instance = new();

    private NullMessageEnvelope()
    {
    }

    /// <summary>Always null.</summary>
    public override object? Message => null;

    /// <exception cref="InvalidOperationException">Always: no message was received.</exception>
    public override IActorRef Sender => throw new InvalidOperationException("There is no sender, as no message was received.");

    public override string ToString() => "<null>";
}
