using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

public sealed partial class Replica
{
    private const int TriesThatAreMany = 3;

    /// <summary>Every local edit seen so far is committed, and all that was heard of is on disk, held paths excepted.</summary>
    public bool IsSettled =>
        Local.IsSettled && Remote.IsSettled && _agenda.IsEmpty && _pushes.Count == 0 && _postponed.Count == 0 && _kept.Count == 0
        && _trees.Behind.All(Local.Held.Blocks);

    private string DescribeOverdue((StoredPush Push, int Tries, string? Reason) overdue)
    {
        var (first, more) = (overdue.Push.Changes[0].Path, overdue.Push.Changes.Count - 1);
        return $"{first}{(more > 0 ? $" and {more} more" : "")}: sent {overdue.Tries} times{(overdue.Reason is { } reason ? $", put off because {reason}" : "")}; again at least every {_options.PushRetryMax.TotalSeconds:0} s";
    }

    /// <summary>At most so many paths are named in each list.</summary>
    public ReplicaReport Report(int most = 100)
    {
        var (files, folders) = (0, 0);
        var unsent = new List<RelativePath>();
        var unsentCount = 0;
        foreach (var path in _trees.Below(RelativePath.Root))
        {
            var record = _trees[path];
            var local = record.Local;
            var synced = record.Synced?.State ?? EntryState.Absent;
            files += synced.IsFile ? 1 : 0;
            folders += synced.IsFolder ? 1 : 0;
            var differs = record.IsUnsettled || (local.IsSettled && local.State != synced);
            if (!differs || record.IsBehind)
                continue;
            unsentCount++;
            if (unsent.Count < most)
                unsent.Add(path);
        }
        var overdue = _pushes.Overdue(TriesThatAreMany).ToList();
        var behind = _trees.Behind.ToLookup(Local.Held.Blocks);
        var writersUnknown = _trees.Where(record => record.AreWritersUnknown).ToList();
        return new ReplicaReport
        {
            Files = files,
            Folders = folders,
            Cursor = Remote.Position?.Cursor ?? 0,
            Head = Math.Max(Remote.Head, Remote.Position?.Cursor ?? 0),
            PushesOpen = _pushes.Count,
            Overdue = [.. overdue.Take(most).Select(DescribeOverdue)],
            OverdueCount = overdue.Count,
            Unsent = unsent,
            UnsentCount = unsentCount,
            Behind = [.. behind[false].Order().Take(most)],
            BehindCount = behind[false].Count(),
            HeldBack = [.. behind[true].Order().Take(most)],
            HeldBackCount = behind[true].Count(),
            WritersUnknown = [.. writersUnknown.Order().Take(most)],
            WritersUnknownCount = writersUnknown.Count,
            Held = Local.Held.Reasons.Take(most).ToDictionary(),
            HeldCount = Local.Held.Count,
        };
    }
}
