using Actors.Client.Planning;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>How a replica stands, for `status` and `sync`. Each list names some; its count counts all.</summary>
public sealed record ReplicaReport
{
    public required int Files { get; init; }
    public required int Folders { get; init; }
    public required ulong Cursor { get; init; }
    public required ulong Head { get; init; }
    public required int PushesOpen { get; init; }

    /// <summary>Pushes that were sent again and again without an outcome, or that the server has put off: it is busy, cannot write, or has a fault.</summary>
    public IReadOnlyList<string> Overdue { get; init; } = [];
    public int OverdueCount { get; init; }

    /// <summary>Paths with local edits that are not committed yet.</summary>
    public required IReadOnlyList<RelativePath> Unsent { get; init; }
    public int UnsentCount { get; init; }

    /// <summary>Paths whose newest version is not on disk yet.</summary>
    public required IReadOnlyList<RelativePath> Behind { get; init; }
    public int BehindCount { get; init; }

    /// <summary>The same, where something that is held keeps the update from being carried out.</summary>
    public required IReadOnlyList<RelativePath> HeldBack { get; init; }
    public int HeldBackCount { get; init; }

    /// <summary>Files of which cannot be told who writes them, of those that were read since the start.</summary>
    public IReadOnlyList<RelativePath> WritersUnknown { get; init; } = [];
    public int WritersUnknownCount { get; init; }

    /// <summary>Paths of which an update has displaced something that may still be written, so that it is kept for now.</summary>
    public IReadOnlyList<RelativePath> Displaced { get; init; } = [];

    /// <summary>Paths that cannot be synced, with the reason.</summary>
    public required IReadOnlyDictionary<RelativePath, string> Held { get; init; }
    public int HeldCount { get; init; }

    /// <summary>At most so many paths are named in each list.</summary>
    internal static ReplicaReport Of(ReplicaTrees trees, LocalSide local, RemoteSide remote, Outgoing outgoing, int most)
    {
        var unsent = trees.Where(IsUnsent).Order().ToList();
        var overdue = outgoing.Overdue;
        var behind = trees.Behind.ToLookup(local.Held.Blocks);
        var writersUnknown = trees.Where(record => record.AreWritersUnknown).ToList();
        return new ReplicaReport
        {
            Files = trees.Where(record => record.SyncedState.IsFile).Count(),
            Folders = trees.Where(record => record.SyncedState.IsFolder).Count(),
            Cursor = remote.Position?.Cursor ?? 0,
            Head = Math.Max(remote.Head, remote.Position?.Cursor ?? 0),
            PushesOpen = outgoing.Count,
            Overdue = [.. overdue.Take(most)],
            OverdueCount = overdue.Count,
            Unsent = [.. unsent.Take(most)],
            UnsentCount = unsent.Count,
            Behind = [.. behind[false].Order().Take(most)],
            BehindCount = behind[false].Count(),
            HeldBack = [.. behind[true].Order().Take(most)],
            HeldBackCount = behind[true].Count(),
            WritersUnknown = [.. writersUnknown.Order().Take(most)],
            WritersUnknownCount = writersUnknown.Count,
            Held = local.Held.Reasons.Take(most).ToDictionary(),
            HeldCount = local.Held.Count,
        };
    }

    private static bool IsUnsent(PathRecord record) =>
        !record.IsBehind && (record.IsUnsettled || (record.Local.IsSettled && record.Local.State != record.SyncedState));
}
