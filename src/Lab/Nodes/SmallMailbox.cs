using Actors.Lab.World;
using Actors.NodeShell;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace Actors.Lab.Nodes;

/// <summary>The mailbox of an actor that others can reach, in a world whose other mailboxes take everything.</summary>
internal sealed class SmallMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<SimulatedMessageQueue>
{
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        new Queue(ProcessEnvironment.Required.Runtime.Queue, owner, new OutsideLimit(Config.GetInt("capacity"), Refusals.Of(system)));

    private sealed class Queue(RunQueue queue, IActorRef owner, OutsideLimit limit) : SimulatedMessageQueue(queue, owner)
    {
        public override void Enqueue(IActorRef receiver, Envelope envelope)
        {
            if (limit.TryEnter(receiver, envelope))
                base.Enqueue(receiver, envelope);
        }

        public override bool TryDequeue(out Envelope envelope)
        {
            if (!base.TryDequeue(out envelope))
                return false;
            limit.Leave(envelope);
            return true;
        }
    }
}
