using Actors.Messages.Changes;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Messages.History;

/// <summary>A Join that is well formed. <paramref name="Position"/> is null before the replica's first join.</summary>
public sealed record JoinRequest(NodeInstance Node, ulong Attempt, string Share, SharePosition? Position)
{
    /// <summary>Empty: "Client" and the number.</summary>
    public string WishedName { get; init; } = "";

    /// <summary>The newest place that the replica has anything of, at or beyond its position; null before its first join.</summary>
    public SharePosition? Newest { get; init; }

    public IReadOnlyList<DoubtfulPush> InDoubt { get; init; } = [];
    public ulong SettledThrough { get; init; }

    // Serialized actor paths.
    public string Cache { get; init; } = "";
    public string Watcher { get; init; } = "";
    public string Transfer { get; init; } = "";
}

/// <summary>
/// A Pull that is well formed: everything after (version, path) is wanted; no path: all of that version is there.
/// </summary>
public sealed record PullRequest(ulong Session, ulong Request, EpochId Epoch, ulong AfterVersion, RelativePath? AfterPath, ulong Cursor);

/// <summary>Updates that are well formed: entries ascend by (version, path), inline content has the promised hash.</summary>
public sealed record UpdatesPage(ulong Session, ulong Request, IReadOnlyList<ReceivedEntry> Entries, bool Complete, SharePosition Position);
