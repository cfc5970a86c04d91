using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Actors.Lab.World;

/// <summary>Every mailbox of a simulated process, whatever the configuration asks for.</summary>
internal sealed class SimulatedMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<SimulatedMessageQueue>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new SimulatedMessageQueue(ProcessEnvironment.Required.Runtime.Queue, owner);
}
