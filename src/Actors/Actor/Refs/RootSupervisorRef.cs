using Actors.Event;
using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

/// <summary>Above the root: where failures of the root end, and where its end becomes the end of the system.</summary>
internal sealed class RootSupervisorRef(ActorPath root, IActorRefProvider provider, ActorSystemImpl system) : MinimalActorRef
{
    private readonly TaskCompletionSource _ended = new(system.Environment.CompletionOptions);

    public override ActorPath Path { get; } = root / "_Root-guardian-supervisor";

    public override IActorRefProvider Provider => provider;

    /// <summary>Completes when the root guardian has stopped.</summary>
    public Task Ended => _ended.Task;

    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Failed failed:
                system.EventStream.Publish(new Error(failed.Cause, Path.ToString(), typeof(RootSupervisorRef), $"guardian {failed.Child} failed, shutting down!"));
                ((IInternalActorRef)failed.Child).Stop();
                break;
            case DeathWatchNotification:
                _ended.TrySetResult();
                break;
        }
    }
}
