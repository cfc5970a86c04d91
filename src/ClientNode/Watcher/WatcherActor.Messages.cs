using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Watcher;

public sealed partial class WatcherActor
{
    /// <summary>From the Cache: it is ready to receive.</summary>
    public sealed record Begin(IActorRef Cache);

    /// <summary>From the Cache: where pushes go from now on.</summary>
    public sealed record ToRegistry(IActorRef Registry);

    /// <summary>From the Cache: look at these paths.</summary>
    public sealed record Look(IReadOnlyList<RelativePath> Paths);

    /// <summary>From the Cache: read these as they are, without waiting until their writers close them.</summary>
    public sealed record ReadOpen(IReadOnlyList<RelativePath> Paths);

    /// <summary>From the Cache: look at those that are not as they were seen.</summary>
    public sealed record Compare(IReadOnlyList<(RelativePath Path, FileSignature Signature)> Seen);

    /// <summary>From the Cache: the batch is done; these paths have to be looked at.</summary>
    public sealed record Taken(IReadOnlyList<RelativePath> LookAt);

    /// <summary>From the Cache, after a <see cref="PushDispatch"/>: it survives a crash here, so it may be sent.</summary>
    public sealed record PushStored(ulong Counter);

    /// <summary>To the Cache: a push was not sent, because these paths that it deletes are there, or may be.</summary>
    public sealed record Withheld(StoredPush Push, bool IsRepeat, IReadOnlyList<RelativePath> There);

    /// <summary>To the Cache: a push was not sent, because the disk did not make durable what lies at these paths.</summary>
    public sealed record Undurable(StoredPush Push, IReadOnlyList<(RelativePath Path, string Reason)> Paths);

    /// <summary>From the Cache: answer when everything that happened on disk until now was sent.</summary>
    public sealed record Settle(ulong Request);

    /// <summary>To the Cache.</summary>
    public sealed record Settled(ulong Request);

    /// <summary>To the Cache: what was seen, in order. Answered by <see cref="Taken"/>.</summary>
    public sealed record Observed(IReadOnlyList<Observation> Seen);

    /// <summary>To the Cache: every directory was listed, and what was unknown in them was read; sent again when the answer changes.</summary>
    public sealed record Scanned(bool IsOutOfWatches, int Unnameable);

    public sealed record Rescan
    {
        public static Rescan Instance { get; } = new();
    }

    private sealed record DiskStirred
    {
        public static DiskStirred Instance { get; } = new();
    }

    private sealed record Continue
    {
        public static Continue Instance { get; } = new();
    }

    private sealed record LookAgain
    {
        public static LookAgain Instance { get; } = new();
    }
}
