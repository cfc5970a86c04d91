using System.Runtime.ExceptionServices;
using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

internal sealed partial class ActorCell
{
    /// <summary>How many asynchronous handlers of the message at hand have not ended.</summary>
    private int _pendingTasks;

    /// <summary>Counts the instances, to tell a handler of an earlier one.</summary>
    private int _instance;

    /// <summary>
    /// Runs an asynchronous handler. If it does not end at once, ordinary messages wait until it has; system messages
    /// do not wait, so that the actor can be stopped and watched meanwhile.
    /// </summary>
    internal void RunTask(Func<Task> action)
    {
        var context = new ActorTaskContext(this, _instance, _currentMessage, _sender);
        SynchronizationContext? outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        Task task;
        try
        {
            task = action();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
        if (task is null)
            return;
        if (task.IsCompleted)
        {
            ThrowIfFailed(task);
            return;
        }
        _pendingTasks++;
        _mailbox.Suspend();
        task.ContinueWith(
            static (ended, state) => ((ActorTaskContext)state!).Ended(ended),
            context,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void RunContinuation(AsyncContinuation continuation)
    {
        object? message = _currentMessage;
        IActorRef? sender = _sender;
        _currentMessage = continuation.Context.Message;
        _sender = continuation.Context.Sender;
        try
        {
            continuation.Run();
        }
        finally
        {
            _currentMessage = message;
            _sender = sender;
        }
    }

    private void FinishTask(AsyncCompleted completed)
    {
        if (completed.Context.Instance != _instance || _pendingTasks == 0)
        {
            // The instance was replaced while it waited; its failure is no longer the actor's.
            _ = completed.Task.Exception;
            return;
        }
        _pendingTasks--;
        _mailbox.Resume();
        _currentMessage = completed.Context.Message;
        _sender = completed.Context.Sender;
        try
        {
            ThrowIfFailed(completed.Task);
            if (_receiveTimeout is not null && _currentMessage is not INotInfluenceReceiveTimeout)
                NoteInfluence();
        }
        catch (Exception cause)
        {
            (_failedMessage, _failedSender) = (_currentMessage, _sender);
            HandleInvokeFailure(cause);
        }
        if (_pendingTasks == 0)
        {
            _currentMessage = null;
            _sender = null;
        }
    }

    /// <summary>The instance goes: what it was waiting for no longer keeps messages back.</summary>
    private void ForgetPendingTasks()
    {
        for (; _pendingTasks > 0; _pendingTasks--)
            _mailbox.Resume();
    }

    private static void ThrowIfFailed(Task task)
    {
        if (task.IsFaulted)
            ExceptionDispatchInfo.Throw(task.Exception!.InnerExceptions.Count == 1 ? task.Exception.InnerException! : task.Exception);
        if (task.IsCanceled)
            throw new TaskCanceledException(task);
    }
}
