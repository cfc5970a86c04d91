using Actors.Event;
using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

internal sealed partial class ActorCell
{
    /// <summary>System messages that wait until the actor is no longer suspended or its children have stopped.</summary>
    private List<SystemMessage>? _waitingSystemMessages;

    /// <summary>The message that the actor failed at, and who sent it; PreRestart is told.</summary>
    private object? _failedMessage;
    private IActorRef? _failedSender;

    /// <summary>
    /// Counts the messages taken from the mailbox. It tells the message at hand from one that is the same object but was
    /// sent another time.
    /// </summary>
    internal long Turn { get; private set; }

    /// <summary>Handles one ordinary message. Throws nothing: failures go to the supervisor.</summary>
    internal void Invoke(in Envelope envelope)
    {
        object message = envelope.Message;
        Turn++;
        _currentMessage = message;
        _sender = envelope.Sender;
        try
        {
            if (message is IAutoReceivedMessage)
                AutoReceive(message, envelope.Sender);
            else
                ReceiveMessage(message);
        }
        catch (Exception cause)
        {
            (_failedMessage, _failedSender) = (_currentMessage, _sender);
            HandleInvokeFailure(cause);
        }
        if (_receiveTimeout is not null && message is not INotInfluenceReceiveTimeout)
            NoteInfluence();
        if (_pendingTasks == 0)
        {
            _currentMessage = null;
            _sender = null;
        }
    }

    /// <summary>Handles a message past the mailbox, on the caller's thread; what the handler throws is the caller's.</summary>
    internal void InvokeForTest(in Envelope envelope)
    {
        ActorCell? outer = Current;
        Current = this;
        Turn++;
        _currentMessage = envelope.Message;
        _sender = envelope.Sender;
        try
        {
            if (envelope.Message is IAutoReceivedMessage)
                AutoReceive(envelope.Message, envelope.Sender);
            else
                ReceiveMessage(envelope.Message);
        }
        finally
        {
            _currentMessage = null;
            _sender = null;
            Current = outer;
        }
    }

    private void ReceiveMessage(object message)
    {
        bool isHandled = _actor!.Deliver(_behavior!, message);
        if (_logsMessages)
            Publish(new Debug(Self.Path.ToString(), ActorType, $"received {(isHandled ? "handled" : "unhandled")} message {message} from {Sender.Path}"));
    }

    private void AutoReceive(object message, IActorRef? sender)
    {
        if (System.Settings.DebugAutoReceive && message is not (TimerScheduler.Tick or ReceiveTimeoutElapsed))
            Publish(new Debug(Self.Path.ToString(), ActorType, $"received AutoReceiveMessage {message}"));
        switch (message)
        {
            case Terminated terminated:
                ReceivedTerminated(terminated);
                break;
            case PoisonPill:
                Self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                (sender ?? System.DeadLetters).Tell(new ActorIdentity(identify.MessageId, Self), Self);
                break;
            case ActorSelectionMessage selection:
                Runtime.ActorSelection.DeliverSelection(Self, sender, selection);
                break;
            case TimerScheduler.Tick tick:
                if (_timers?.Interpret(tick) is { } due)
                    ReceiveTick(due);
                break;
            case ReceiveTimeoutElapsed elapsed:
                HandleReceiveTimeoutElapsed(elapsed);
                break;
            default:
                ReceiveMessage(message);
                break;
        }
    }

    /// <summary>What a timer carries is handled as if it had been sent.</summary>
    private void ReceiveTick(object message)
    {
        _currentMessage = message;
        if (message is IAutoReceivedMessage)
            AutoReceive(message, _sender);
        else
            ReceiveMessage(message);
        if (message is not INotInfluenceReceiveTimeout)
            NoteInfluence();
    }

    /// <summary>Handles a system message, or keeps it for later. Throws nothing.</summary>
    internal void InvokeSystem(SystemMessage message)
    {
        int stateBefore = SystemState;
        if (MustWait(message, stateBefore))
        {
            (_waitingSystemMessages ??= []).Add(message);
            return;
        }
        try
        {
            HandleSystemMessage(message);
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause, except: (message as Failed)?.Child);
        }
        if (SystemState >= stateBefore || _waitingSystemMessages is not { Count: > 0 } waiting)
            return;
        _waitingSystemMessages = null;
        foreach (SystemMessage each in waiting)
        {
            if (_mailbox.IsClosed)
                HandleSystemMessageAfterEnd(each);
            else
                InvokeSystem(each);
        }
    }

    /// <summary>0: takes all; 1: suspended; 2: waits for children to stop.</summary>
    private int SystemState => IsWaitingForChildren ? 2 : _mailbox.Suspensions > _pendingTasks ? 1 : 0;

    private static bool MustWait(SystemMessage message, int state) => state switch
    {
        2 => message is IStashWhenWaitingForChildren,
        1 => message is IStashWhenFailed,
        _ => false,
    };

    private void HandleSystemMessage(SystemMessage message)
    {
        switch (message)
        {
            case AsyncContinuation continuation:
                RunContinuation(continuation);
                break;
            case AsyncCompleted completed:
                FinishTask(completed);
                break;
            case Create:
                CreateActor();
                break;
            case Watch watch:
                AddWatcher(watch.Watchee, watch.Watcher);
                break;
            case Unwatch unwatch:
                RemoveWatcher(unwatch.Watchee, unwatch.Watcher);
                break;
            case DeathWatchNotification notification:
                WatchedActorTerminated(notification.Actor, notification.ExistenceConfirmed, notification.AddressTerminated);
                break;
            case AddressTerminated terminated:
                HandleAddressTerminated(terminated.Address);
                break;
            case Failed failed:
                HandleFailed(failed);
                break;
            case Recreate recreate:
                FaultRecreate(recreate.Cause);
                break;
            case Suspend:
                FaultSuspend();
                break;
            case Resume resume:
                FaultResume(resume.CausedByFailure);
                break;
            case Terminate:
                TerminateSelf();
                break;
            case Overflowed overflowed:
                throw new MailboxOverflowException($"The mailbox of {Self} was full with {overflowed.Capacity} messages");
            default:
                throw new InvalidOperationException($"Unknown system message {message.GetType()}");
        }
    }

    /// <summary>The rest of a handler whose actor has stopped: it has no supervisor any more.</summary>
    private void RunLate(AsyncContinuation continuation)
    {
        try
        {
            continuation.Run();
        }
        catch (Exception cause)
        {
            Publish(new Error(cause, Self.Path.ToString(), ActorType, "A handler failed after its actor had stopped"));
        }
    }

    /// <summary>Any thread: answers what comes after the end as the dead do.</summary>
    internal void HandleSystemMessageAfterEnd(SystemMessage message)
    {
        if (IsAbandoned)
            return;
        switch (message)
        {
            case Watch watch when watch.Watchee.Equals(Self) && !watch.Watcher.Equals(Self):
                watch.Watcher.SendSystemMessage(new DeathWatchNotification(watch.Watchee, existenceConfirmed: true, addressTerminated: false));
                break;
            case AsyncContinuation continuation:
                _mailbox.ExecuteLate(() => RunLate(continuation));
                break;
        }
    }
}
