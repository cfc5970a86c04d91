using Actors.Event;
using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

/// <summary>The ref of a local path where no actor is: what it is told becomes a dead letter.</summary>
public class EmptyLocalActorRef : MinimalActorRef
{
    private readonly EventStream _eventStream;

    /// <summary>Creates the ref.</summary>
    public EmptyLocalActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream)
    {
        Provider = provider;
        Path = path;
        _eventStream = eventStream;
    }

    /// <inheritdoc/>
    public override ActorPath Path { get; }

    /// <inheritdoc/>
    public override IActorRefProvider Provider { get; }

    /// <inheritdoc/>
    public override bool IsTerminated => true;

    /// <inheritdoc/>
    public override void SendSystemMessage(ISystemMessage message) => SpecialHandle(message, Provider.DeadLetters);

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is DeadLetter letter)
            SpecialHandle(letter.Message, letter.Sender);
        else if (!SpecialHandle(message, sender))
            Provider.DeadLetters.Tell(new DeadLetter(message, sender.IsNobody() ? Provider.DeadLetters : sender, this), sender);
    }

    /// <summary>
    /// Handles what has an answer even from the dead: a watch, an identification, a selection.
    /// Returns false if the message is an ordinary dead letter.
    /// </summary>
    protected virtual bool SpecialHandle(object message, IActorRef sender)
    {
        switch (message)
        {
            case Watch watch:
                if (watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
                    watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
                return true;
            case ISystemMessage:
                return true;
            case Identify identify:
                sender?.Tell(new ActorIdentity(identify.MessageId, null), this);
                return true;
            case ActorSelectionMessage selection:
                if (selection.Message is Identify question)
                    sender?.Tell(new ActorIdentity(question.MessageId, null), this);
                else
                    Provider.DeadLetters.Tell(new DeadLetter(selection.Message, sender.IsNobody() ? Provider.DeadLetters : sender, this), sender);
                return true;
            case IDeadLetterSuppression:
                _eventStream.Publish(new SuppressedDeadLetter((IDeadLetterSuppression)message, sender.IsNobody() ? Provider.DeadLetters : sender, this));
                return true;
            default:
                return false;
        }
    }
}
