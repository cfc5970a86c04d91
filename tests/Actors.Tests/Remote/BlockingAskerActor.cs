namespace Actors.Tests.Remote;

/// <summary>Answers with what somebody else answers, and blocks its thread until then, as no actor should.</summary>
internal sealed class BlockingAskerActor : ReceiveActor
{
    public BlockingAskerActor(IActorRef other) =>
        Receive<string>(question => Sender.Tell(other.Ask<string>(question, RemoteSystems.Limit).GetAwaiter().GetResult()));
}
