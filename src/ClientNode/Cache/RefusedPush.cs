using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>A push was refused whole, and the registry's current entries of the paths that stood in the way.</summary>
public sealed record RefusedPush(ulong Counter, PushRejection Reason, IReadOnlyList<TreeEntry> Current, string Text)
{
    /// <summary>Whether something stands in this change's own way: at its path, above it or below it.</summary>
    public bool Names(PathChange change) =>
        Current.Any(entry => entry.Path == change.Path || entry.Path.IsAncestorOf(change.Path) || change.Path.IsAncestorOf(entry.Path));
}
