using Actors.Event;
using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

/// <summary>The ref <c>/deadLetters</c>: publishes what it is told as <see cref="DeadLetter"/> and counts it.</summary>
public class DeadLetterActorRef : EmptyLocalActorRef
{
    private readonly EventStream _eventStream;
    private long _count;

    /// <summary>Creates the ref.</summary>
    public DeadLetterActorRef(IActorRefProvider provider, ActorPath path, EventStream eventStream) : base(provider, path, eventStream) =>
        _eventStream = eventStream;

    /// <summary>How many dead letters came by, those that are not logged included.</summary>
    internal long Count => Interlocked.Read(ref _count);

    /// <inheritdoc/>
    protected override void TellInternal(object message, IActorRef sender)
    {
        DeadLetter letter = message as DeadLetter ?? new DeadLetter(message, sender.IsNobody() ? this : sender, this);
        if (letter.Message is AllDeadLetters or LogEvent)
        {
            // An event that its subscriber could not take: to publish it again would never end.
            Interlocked.Increment(ref _count);
            return;
        }
        if (letter.Message is IDeadLetterSuppression suppressed)
        {
            _eventStream.Publish(new SuppressedDeadLetter(suppressed, letter.Sender, this));
            return;
        }
        if (SpecialHandle(letter.Message, letter.Sender))
            return;
        Interlocked.Increment(ref _count);
        _eventStream.Publish(letter);
    }

    /// <inheritdoc/>
    protected override bool SpecialHandle(object message, IActorRef sender)
    {
        switch (message)
        {
            case Watch watch:
                // Whoever watches what died meanwhile must hear of it as if the watch had come in time.
                if (!watch.Watchee.Equals(this) && !watch.Watcher.Equals(this))
                    watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: false, addressTerminated: false));
                return true;
            default:
                return base.SpecialHandle(message, sender);
        }
    }
}
