namespace Actors.Runtime;

/// <summary>Waiting for the end of an actor outside of actors.</summary>
public static class WatchAsyncSupport
{
    /// <summary>Completes with true when the actor has stopped, with false if the token is cancelled before.</summary>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        var watchee = (IInternalActorRef)target;
        var end = new EndOfActor((ActorSystemImpl)watchee.Provider.Settings.System, watchee);
        try
        {
            return await end.Watch(Timeout.InfiniteTimeSpan, token);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return false;
        }
    }
}
