using Actors.Common;

namespace Actors.Server.Commands;

/// <summary>A node without its registry is no node: tells the process that it ended by itself.</summary>
internal sealed class EndWatchActor : ReceiveActor
{
    public EndWatchActor(IActorRef registry, TaskCompletionSource ended)
    {
        Context.Watch(registry);
        var stopping = CoordinatedShutdown.Get(Context.System);
        Receive<Terminated>(_ =>
        {
            if (stopping.ShutdownReason is null)
                ended.TrySetException(new FailureException("the server cannot go on", "registry", "see the error that was logged before"));
        });
    }
}
