namespace Actors.Testing.Tests.Kit;

/// <summary>Sends back what it is told.</summary>
internal sealed class Echo : ReceiveActor
{
    public Echo() => ReceiveAny(message => Sender.Tell(message));
}
