namespace Actors.Tests.Remote;

/// <summary>Watches one actor and reports its end.</summary>
internal sealed class WatchingActor(IActorRef watched, TaskCompletionSource<Terminated> ended) : UntypedActor
{
    protected override void PreStart() => Context.Watch(watched);

    protected override void OnReceive(object message)
    {
        if (message is Terminated terminated)
            ended.TrySetResult(terminated);
    }
}
