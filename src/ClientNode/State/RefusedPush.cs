using Actors.Messages;
using Actors.Replication.Tree;

namespace Actors.Client.State;

/// <summary>A push was refused whole, and the registry's current entries of the paths that stood in the way.</summary>
public sealed record RefusedPush(ulong Counter, PushRejection Reason, IReadOnlyList<TreeEntry> Current, string Text);
