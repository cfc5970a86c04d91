using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;

namespace Actors.Server.Storage;

public sealed record ShareRow(int Id, string Name);

/// <summary>Where a share's history stands: its current epoch, its newest commit, and the chain hash after it.</summary>
public sealed record ShareHead(int Share, EpochId Epoch, ulong Seq, ContentHash Chain)
{
    public SharePosition Position => new(Epoch, Seq, Chain);
}

public sealed record ShareSize(long Files, long Folders, long Bytes);

/// <summary>
/// An epoch of a share, and the commit after which it began; of one that was lost with a backup, the commit at which that
/// was noticed.
/// </summary>
public sealed record EpochRow(EpochId Id, ulong BeganAfter);

/// <summary>A commit in the log: what the chain binds, the chain hash after it, and the changes (inline content is not kept here).</summary>
public sealed record LogRow(CommitRecord Commit, ContentHash Chain, IReadOnlyList<PathChange> Changes);

/// <summary>A replica that has joined once: its number and name are kept for ever.</summary>
public sealed record NodeRow(NodeInstance Instance, uint Number)
{
    public required string Name { get; init; }

    /// <summary>The only session whose pushes are decided on; all others are fenced.</summary>
    public required ulong Session { get; init; }

    /// <summary>The share that this session is in.</summary>
    public required int Share { get; init; }

    /// <summary>Pushes up to this counter are settled at the client, and forgotten here.</summary>
    public required ulong SettledThrough { get; init; }
}

/// <summary>What was decided about a push: accepted as <paramref name="Seq"/>, or rejected where that is 0.</summary>
public sealed record OutcomeRow(ulong Counter, ContentHash Digest, ulong Seq, PushRejection Reason, string Text)
{
    public bool IsAccepted => Seq != 0;
}
