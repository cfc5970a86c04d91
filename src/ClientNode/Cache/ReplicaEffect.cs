using Actors.Client.Storage;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What a <see cref="Replica"/> wants done, in order. All but the last two only after its changes are stored.</summary>
public abstract record ReplicaEffect
{
    private ReplicaEffect()
    {
    }

    /// <summary>
    /// Send a stored push. <paramref name="Follows"/>: only if that one is accepted; 0: in any case. <paramref name="IsRepeat"/>:
    /// it may have been sent before.
    /// </summary>
    public sealed record SendPush(StoredPush Push, ulong Follows, bool IsRepeat) : ReplicaEffect;

    /// <summary>A push needs its content no longer.</summary>
    public sealed record EndPush(StoredPush Push) : ReplicaEffect;

    public sealed record SendPull(PullRequest Pull) : ReplicaEffect;

    /// <summary>Tell the session that nothing older is read as current any more.</summary>
    public sealed record AnswerInvalidate(ulong Head) : ReplicaEffect;

    /// <summary>Get content into the staging area.</summary>
    public sealed record Fetch(WantedContent Wanted) : ReplicaEffect;

    /// <summary>The content of a path is not wanted any more.</summary>
    public sealed record EndFetch(RelativePath Path) : ReplicaEffect;

    /// <summary>A staged file is not wanted any more.</summary>
    public sealed record Discard(string StagedName) : ReplicaEffect;

    /// <summary>Look at these paths on disk, and tell.</summary>
    public sealed record Examine(IReadOnlyList<RelativePath> Paths) : ReplicaEffect;

    /// <summary>The session cannot go on: join again; under a new identity where <paramref name="UnderNewIdentity"/>.</summary>
    public sealed record Rejoin(string Reason, bool UnderNewIdentity) : ReplicaEffect;

    public sealed record Narrate(string Line) : ReplicaEffect;

    public sealed record Record(NodeEvent Event) : ReplicaEffect;
}
