namespace Actors.Bench.Local;

internal sealed class BounceActor : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message, Self);
}
