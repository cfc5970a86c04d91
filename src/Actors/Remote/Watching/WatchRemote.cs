using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Tells the remote watcher that a local actor watches a remote one.</summary>
internal sealed record WatchRemote(IInternalActorRef Watchee, IInternalActorRef Watcher);
