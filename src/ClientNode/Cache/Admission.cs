using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Google.Protobuf;

namespace Actors.Client.Cache;

/// <summary>A Welcome, read.</summary>
/// <param name="Session">The session it opens.</param>
/// <param name="Resumed">All that the replica has seen lies on the server's chain.</param>
/// <param name="Head">The newest commit.</param>
/// <param name="Outcomes">Of the pushes in doubt, by counter.</param>
public sealed record Admission(ReplicaSession Session, bool Resumed, ulong Head, IReadOnlyList<DoubtOutcome> Outcomes);

/// <summary>What became of a push in doubt; neither set: the server never decided on it.</summary>
public sealed record DoubtOutcome(ulong Counter, SharePosition? AcceptedAs, RefusedPush? Refused);

/// <summary>A push was refused whole, and the registry's current entries of the paths that stood in the way.</summary>
public sealed record RefusedPush(ulong Counter, PushRejection Reason, IReadOnlyList<TreeEntry> Current, string Text)
{
    /// <summary>Whether something stands in this change's own way: at its path, above it or below it.</summary>
    public bool Names(PathChange change) =>
        Current.Any(entry => entry.Path == change.Path || entry.Path.IsAncestorOf(change.Path) || change.Path.IsAncestorOf(entry.Path));
}

/// <summary>What the Welcome said.</summary>
/// <param name="Id">Names the session in every message.</param>
/// <param name="Number">The client's number, which its commits bear.</param>
/// <param name="Name">The name of this node in the whole share.</param>
/// <param name="Epoch">The share's.</param>
public sealed record ReplicaSession(ulong Id, uint Number, string Name, EpochId Epoch)
{
    /// <summary>What messages of the session carry.</summary>
    public SessionKey Key { get; init; } = new(Id, ByteString.Empty);
}
