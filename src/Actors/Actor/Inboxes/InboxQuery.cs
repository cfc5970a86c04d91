namespace Actors.Runtime;

/// <summary>Somebody who waits for a message of an inbox. The first of message and expiry counts.</summary>
internal sealed class InboxQuery(Predicate<object>? predicate, TaskCreationOptions completion) : Event.IDeadLetterSuppression
{
    private static readonly Status.Failure InVain = new(new TimeoutException("Deadline passed"));

    private readonly TaskCompletionSource<object> _answer = new(completion);

    /// <summary>The message; a failure if none came.</summary>
    public Task<object> Answer => _answer.Task;

    public bool HasTimedOut => _answer.Task.IsCompletedSuccessfully && ReferenceEquals(_answer.Task.Result, InVain);

    public bool IsSettled => _answer.Task.IsCompleted;

    /// <summary>Ends the waiting.</summary>
    public IScheduledWork? Timer { private get; set; }

    /// <summary>Whether the message is one to wait for. What the predicate throws is thrown where it is waited, and not in the inbox.</summary>
    public bool Fits(object message)
    {
        if (predicate is null)
            return true;
        try
        {
            return predicate(message);
        }
        catch (Exception cause)
        {
            _answer.TrySetException(cause);
            return false;
        }
    }

    /// <summary>Hands the message over; false if nobody waits any more.</summary>
    public bool TryGive(object message)
    {
        if (!_answer.TrySetResult(message))
            return false;
        Timer?.Cancel();
        return true;
    }

    public void TryTimeOut() => _answer.TrySetResult(InVain);
}
