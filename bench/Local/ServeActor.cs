namespace Actors.Bench.Local;

/// <summary>Plays every ball back until enough messages went either way.</summary>
internal sealed class ServeActor(IActorRef other, long count, TaskCompletionSource finished) : UntypedActor
{
    private long _passed;

    protected override void OnReceive(object message)
    {
        // Each ball that arrives made one message there and one back.
        _passed += 2;
        if (_passed < count)
            other.Tell(message, Self);
        else
            finished.TrySetResult();
    }
}
