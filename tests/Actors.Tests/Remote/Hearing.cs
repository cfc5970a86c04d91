namespace Actors.Tests.Remote;

/// <summary>Waits for an event of a system's event stream.</summary>
internal sealed class Hearing<T>(Func<T, bool> isMeant, TaskCompletionSource<T> heard) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        if (message is T happened && isMeant(happened))
            heard.TrySetResult(happened);
    }
}
