using Actors.Lab.Observing;
using Actors.Lab.Users;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Checking;

/// <summary>
/// Nothing is committed that no user has done: each change is based on the newest version, what it brings a user has
/// written, and what it replaces or deletes that very user has replaced or deleted.
/// </summary>
internal sealed class CommitChecker(ServerHistory history, RecordedStorage storage, Writings writings, Findings findings, Coverage coverage)
{
    public const string Name = "commit";

    public void Check(LogRow row)
    {
        coverage.Reached(Checkers.Of(Name));
        foreach (var change in row.Changes)
        {
            var before = history.Find(change.Path) ?? new TreeEntry(change.Path, EntryState.Absent, 0);
            if (change.Base != before.Version && !(before.State.IsAbsent && !change.To.IsAbsent))
                Add(row, change, $"is based on version {change.Base}, but {before.Version} is the newest");
            if (change.To.IsFile && !writings.IsKnown(change.To.Content))
                CheckUnknown(row, change);
            if (before.State.IsFile && before.State.Content.Size > 0)
                CheckReplaced(row, change, before.State.Content);
        }
    }

    /// <summary>
    /// Of a file that a process holds open and writes all the time, the node takes the beginning, as for a log. A process that
    /// rewrites such a file between two looks at it leaves a beginning that was never the whole content; the change is marked,
    /// and a change with the whole content follows.
    /// </summary>
    private void CheckUnknown(LogRow row, PathChange change)
    {
        if (change.SnapshotOfOpenFile)
        {
            foreach (var site in storage.Owners(row.Commit.Push.Node))
                writings.KnowBeginning(site.Name, change.Path.ToString(), change.To.Content);
        }
        else
        {
            Add(row, change, "brings content that no user wrote");
        }
    }

    private void CheckReplaced(LogRow row, PathChange change, ContentRef before)
    {
        if (change.To.IsFile && change.To.Content == before)
            return;
        // It keeps what it replaces under another name.
        if (row.Changes.Any(other => other.To.IsFile && other.To.Content == before))
            return;
        if (change.To.IsFile && change.To.Content.Size > 0)
        {
            if (!writings.IsMadeFrom(change.To.Content, before))
                Add(row, change, $"replaces {before}, which its author never saw");
            return;
        }
        var owners = storage.Owners(row.Commit.Push.Node);
        if (owners.Any(site => writings.LastAt(site.Name, change.Path.ToString()) is { } seen && writings.IsMadeFrom(seen, before)))
            return;
        Add(row, change, $"removes {before}, which no user has removed on {string.Join(" or ", owners.Select(site => site.Name))}");
    }

    private void Add(LogRow row, PathChange change, string what) =>
        findings.Add(Name, $"commit {row.Commit.Sequence} of client {row.Commit.Author} at {change.Path} ({change.To}) {what}");
}
