using Actors.Messages;

namespace Actors.Bench.Remoting;

/// <summary>Answers a small question.</summary>
internal sealed class EchoActor : ReceiveActor
{
    public const string Name = "echo";

    public EchoActor() => Receive<HeadQuery>(query => Sender.Tell(new HeadReply { Request = query.Request }));
}
