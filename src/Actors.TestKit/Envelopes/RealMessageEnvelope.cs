using Actors.Runtime;

namespace Actors.Testing;

/// <summary>A message that came.</summary>
public class RealMessageEnvelope(object message, IActorRef sender) : MessageEnvelope
{
    public override object Message => message;

    public override IActorRef Sender => sender;

    public override string ToString() => $"<{message}> from {(sender is null ? "NoSender" : sender.ToString())}";
}
