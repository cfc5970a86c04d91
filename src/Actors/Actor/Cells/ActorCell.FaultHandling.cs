using System.Runtime.ExceptionServices;
using Actors.Event;
using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

internal sealed partial class ActorCell
{
    /// <summary>
    /// Whose failure this actor waits to have handled: itself, or the child whose failure it escalated. Null if all is well.
    /// </summary>
    private IActorRef? _perpetrator;

    /// <summary>
    /// The message at hand, or a child, failed: nothing more is taken until the supervisor has decided.
    /// </summary>
    private void HandleInvokeFailure(Exception cause, IActorRef? except = null)
    {
        if (_perpetrator is not null || _mailbox.IsClosed)
        {
            Publish(new Debug(cause, Self.Path.ToString(), ActorType, "Failed again before the first failure was handled"));
            return;
        }
        try
        {
            _mailbox.Suspend();
            _perpetrator = except ?? Self;
            SuspendChildren(except);
            Parent.SendSystemMessage(new Failed(Self, cause, Self.Path.Uid));
        }
        catch (Exception second)
        {
            Publish(new Error(second, Self.Path.ToString(), ActorType, $"Emergency stop: exception in failure handling for {cause}"));
            try
            {
                StopChildren();
            }
            finally
            {
                FinishTerminate();
            }
        }
    }

    /// <summary>A child failed. The uid keeps out failures of an earlier child of the same name.</summary>
    private void HandleFailed(Failed failed)
    {
        if (StatsOf(failed.Child) is not { } stats || stats.Child.Path.Uid != failed.Uid)
        {
            Publish(new Debug(Self.Path.ToString(), ActorType, $"Dropping failure of {failed.Child}, which is no child (any more): {failed.Cause.Message}"));
            return;
        }
        SupervisorStrategy strategy = _actor?.SupervisorStrategyOf() ?? _props.SupervisorStrategy ?? SupervisorStrategy.DefaultStrategy;
        (object? message, IActorRef? sender) = (_currentMessage, _sender);
        (_currentMessage, _sender) = (failed, failed.Child);
        try
        {
            if (!strategy.HandleFailure(this, stats, failed.Cause, ChildrenStats()))
                ExceptionDispatchInfo.Throw(failed.Cause);
        }
        finally
        {
            (_currentMessage, _sender) = (message, sender);
        }
    }

    private void FaultSuspend()
    {
        _mailbox.Suspend();
        SuspendChildren(null);
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            FaultCreate();
            return;
        }
        IActorRef? perpetrator = _perpetrator;
        // Always, so that suspensions stay balanced.
        _mailbox.Resume();
        if (causedByFailure is not null)
        {
            _perpetrator = null;
            ForgetFailedMessage();
        }
        // Only the child that started it is told that its failure is settled.
        foreach (IInternalActorRef child in Children())
            child.Resume(child.Equals(perpetrator) ? causedByFailure : null);
    }

    private void ForgetFailedMessage() => (_failedMessage, _failedSender) = (null, null);

    private void SuspendChildren(IActorRef? except)
    {
        foreach (IInternalActorRef child in Children())
        {
            if (!child.Equals(except))
                child.Suspend();
        }
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            FaultCreate();
            return;
        }
        if (_waitReason != WaitReason.None)
        {
            // Already on its way: keep the suspensions balanced, no more.
            FaultResume(null);
            return;
        }
        ActorBase failed = _actor;
        if (System.Settings.DebugLifecycle)
            Publish(new Debug(Self.Path.ToString(), ActorType, "Restarting"));
        // The hook may answer, or stash, what the actor failed at.
        (_currentMessage, _sender) = (_failedMessage, _failedSender);
        try
        {
            failed.AroundPreRestart(cause, _failedMessage!);
        }
        catch (Exception inPreRestart)
        {
            var report = new PreRestartException(Self, inPreRestart, cause, _failedMessage);
            Publish(new Error(report, Self.Path.ToString(), ActorType, inPreRestart.Message));
        }
        ForgetFailedMessage();
        ForgetPendingTasks();
        ClearActor(failed);
        if (!WaitForChildren(WaitReason.Recreation, cause))
            FinishRecreate(cause, failed);
    }

    private void FinishRecreate(Exception cause, ActorBase? failed)
    {
        // Children that the new instance makes are no survivors.
        IInternalActorRef[] survivors = Children();
        try
        {
            _mailbox.Resume();
            _perpetrator = null;
            _actor = NewActor();
            _actor.AroundPostRestart(cause, null!);
            CheckReceiveTimeout();
            if (System.Settings.DebugLifecycle)
                Publish(new Debug(Self.Path.ToString(), ActorType, $"Restarted ({_actor})"));
            foreach (IInternalActorRef survivor in survivors)
                survivor.Restart(cause);
        }
        catch (Exception inRestart)
        {
            // The instance that failed to start must not be asked to prepare for its restart; one that was not even made
            // may have started timers.
            ClearActor(ReferenceEquals(_actor, failed) ? null : _actor);
            _actor = null;
            HandleInvokeFailure(new PostRestartException(Self, inRestart, cause));
        }
    }

    /// <summary>A restart of what was never made: make it.</summary>
    private void FaultCreate()
    {
        CancelReceiveTimeout();
        StopChildren();
        if (!WaitForChildren(WaitReason.Creation))
            FinishCreate();
    }

    private void FinishCreate()
    {
        _mailbox.Resume();
        _perpetrator = null;
        try
        {
            CreateActor();
        }
        catch (Exception cause)
        {
            HandleInvokeFailure(cause);
        }
    }

    private void TerminateSelf()
    {
        CancelReceiveTimeout();
        // No Terminated may come any more, not even of children.
        UnwatchAll();
        RefuseChildren();
        StopChildren();
        bool wasTerminating = IsTerminating;
        if (!WaitForChildren(WaitReason.Termination))
        {
            FinishTerminate();
            return;
        }
        if (wasTerminating)
            return;
        _mailbox.Suspend();
        // Failures during the end are nobody's business.
        _perpetrator = Self;
        if (System.Settings.DebugLifecycle)
            Publish(new Debug(Self.Path.ToString(), ActorType, "Stopping"));
    }

    /// <summary>
    /// The order matters: the actor's own hook, then its mailbox, then its parent, then its watchers. A parent that
    /// watches too must have forgotten the child before it hears Terminated, so that the name is free by then.
    /// </summary>
    private void FinishTerminate()
    {
        RefuseChildren();
        _waitReason = WaitReason.Ended;
        ActorBase? actor = _actor;
        try
        {
            actor?.AroundPostStop();
        }
        catch (Exception inPostStop)
        {
            Publish(new Error(inPostStop, Self.Path.ToString(), ActorType, inPostStop.Message));
        }
        if (System.Settings.DebugLifecycle)
            Publish(new Debug(Self.Path.ToString(), ActorType, "Stopped"));
        ClearActor(actor);
        _pendingTasks = 0;
        _mailbox.Close();
        Parent.SendSystemMessage(new DeathWatchNotification(Self, existenceConfirmed: true, addressTerminated: false));
        TellWatchersWeDied();
        UnwatchAll();
        _actor = null;
    }
}
