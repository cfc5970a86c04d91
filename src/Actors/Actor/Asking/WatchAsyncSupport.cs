namespace Actors.Runtime;

/// <summary>Waiting for the end of an actor outside of actors.</summary>
public static class WatchAsyncSupport
{
    /// <summary>Completes with true when the actor has stopped, with false if the token is cancelled before.</summary>
    public static Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default) =>
        OwnContext.Run(((IInternalActorRef)target).Provider.Settings.System, () => Watch((IInternalActorRef)target, token));

    private static async Task<bool> Watch(IInternalActorRef target, CancellationToken token)
    {
        try
        {
            return await new EndOfActor(target).Watch(Timeout.InfiniteTimeSpan, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return false;
        }
    }
}
