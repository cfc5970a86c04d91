using Actors.Messages.Tree;

namespace Actors.Messages.History;

/// <summary>Updates that are well formed: entries ascend by (version, path), inline content has the promised hash.</summary>
public sealed record UpdatesPage(ulong Session, ulong Request, IReadOnlyList<ReceivedEntry> Entries, bool Complete, SharePosition Position);
