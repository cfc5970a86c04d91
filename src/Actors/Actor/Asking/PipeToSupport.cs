namespace Actors.Runtime;

/// <summary>
/// Sends what comes of a task to an actor: the result, or <see cref="Status.Failure"/>. There is no sender unless one is given.
/// </summary>
public static class PipeToSupport
{
    /// <summary>Sends the result of a task.</summary>
    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null)
    {
        return taskToPipe.ContinueWith(
            task => Pipe(task, recipient, sender, success is null ? _ => task.Result! : _ => success(task.Result), failure),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Sends that a task has ended: a message if one is made, nothing otherwise.</summary>
    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null)
    {
        return taskToPipe.ContinueWith(
            task => Pipe(task, recipient, sender, success is null ? null : _ => success(), failure),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    /// <summary>Sends the result of a task.</summary>
    public static Task PipeTo<T>(this ValueTask<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null) =>
        taskToPipe.AsTask().PipeTo(recipient, sender, success, failure);

    /// <summary>Sends that a task has ended.</summary>
    public static Task PipeTo(this ValueTask taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null) =>
        taskToPipe.AsTask().PipeTo(recipient, sender, success, failure);

#pragma warning disable IDE0060 // The flag is part of the API; here a pipe never depends on a context.
    /// <summary>Sends the result of a task; the flag is accepted for compatibility.</summary>
    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null) =>
        taskToPipe.PipeTo(recipient, sender, success, failure);

    /// <summary>Sends that a task has ended; the flag is accepted for compatibility.</summary>
    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null) =>
        taskToPipe.PipeTo(recipient, sender, success, failure);

    /// <summary>Sends the result of a task; the flag is accepted for compatibility.</summary>
    public static Task PipeTo<T>(this ValueTask<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null) =>
        taskToPipe.PipeTo(recipient, sender, success, failure);

    /// <summary>Sends that a task has ended; the flag is accepted for compatibility.</summary>
    public static Task PipeTo(this ValueTask taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null) =>
        taskToPipe.PipeTo(recipient, sender, success, failure);

#pragma warning restore IDE0060

    private static void Pipe(Task task, ICanTell recipient, IActorRef? sender, Func<Task, object>? success, Func<Exception, object>? failure)
    {
        Exception cause;
        if (task.IsCompletedSuccessfully)
        {
            try
            {
                if (success is not null)
                    recipient.Tell(success(task), sender);
                return;
            }
            catch (Exception thrown)
            {
                // A result that cannot be told, null for instance, must not vanish.
                cause = thrown;
            }
        }
        else
        {
            cause = task.Exception is { } thrown
                ? (thrown.InnerExceptions.Count == 1 ? thrown.InnerException! : thrown)
                : new TaskCanceledException(task);
        }
        recipient.Tell(failure is null ? new Status.Failure(cause) : failure(cause), sender);
    }
}
