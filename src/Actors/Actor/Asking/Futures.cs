namespace Actors.Runtime;

/// <summary>Asking: a message whose answer comes as a task.</summary>
public static class Futures
{
    /// <summary>Asks; the answer may be anything.</summary>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<object>(message, timeout, CancellationToken.None);

    /// <summary>Asks; the answer may be anything.</summary>
    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<object>(message, null, cancellationToken);

    /// <summary>Asks; the answer may be anything.</summary>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    /// <summary>Asks for an answer of a type.</summary>
    /// <exception cref="AskTimeoutException">No answer came in time.</exception>
    /// <exception cref="ArgumentException">The answer has another type.</exception>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) => self.Ask<T>(message, timeout, CancellationToken.None);

    /// <summary>Asks for an answer of a type.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) => self.Ask<T>(message, null, cancellationToken);

    /// <summary>Asks for an answer of a type. Without a time-out, <c>akka.actor.ask-timeout</c> counts.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<T>(_ => message, timeout, cancellationToken);

    /// <summary>Asks with a message that holds the ref to answer to.</summary>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(self);
        ActorSystemImpl system = SystemOf(self);
        TimeSpan wait = timeout ?? system.Settings.AskTimeout;
        if (wait != Timeout.InfiniteTimeSpan && wait <= TimeSpan.Zero)
            return Task.FromException<T>(new AskTimeoutException($"Timeout after {wait} seconds"));
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var answer = new FutureActorRef<T>(system);
        answer.LimitBy(wait, cancellationToken);
        self.Tell(messageFactory(answer), answer);
        return answer.Asked();
    }

    private static ActorSystemImpl SystemOf(ICanTell target)
    {
        object? known = target switch
        {
            ActorSelection selection => selection.Anchor,
            _ => target,
        };
        if (known is IInternalActorRef and not Nobody && ((IInternalActorRef)known).Provider is { } provider)
            return (ActorSystemImpl)provider.Settings.System;
        return ActorCell.Current?.System ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(target));
    }
}
