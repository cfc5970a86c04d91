using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Tells the remote watcher that a local actor no longer watches a remote one.</summary>
internal sealed record UnwatchRemote(IInternalActorRef Watchee, IInternalActorRef Watcher);
