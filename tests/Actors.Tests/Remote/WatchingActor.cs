namespace Actors.Tests.Remote;

/// <summary>Watches one actor and reports its end; stops watching when told so; answers everything else.</summary>
internal sealed class WatchingActor(IActorRef watched, TaskCompletionSource<Terminated> ended) : UntypedActor
{
    protected override void PreStart() => Context.Watch(watched);

    protected override void OnReceive(object message)
    {
        if (message is Terminated terminated)
            ended.TrySetResult(terminated);
        else if (message is "unwatch")
            Context.Unwatch(watched);
        else
            Sender.Tell(message);
    }
}
