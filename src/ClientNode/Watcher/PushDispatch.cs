using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.History;
using Actors.Messages.Identity;

namespace Actors.Client.Watcher;

/// <summary>A push, and what it is sent with. <paramref name="Follows"/>: only if that one is accepted; 0: in any case.</summary>
public sealed record PushDispatch(StoredPush Push, ulong Follows, NodeId Node, string Share, EpochId Epoch, SessionKey Session, ulong SettledThrough)
{
    /// <summary>It may have been sent before.</summary>
    public bool IsRepeat { get; init; }
}
