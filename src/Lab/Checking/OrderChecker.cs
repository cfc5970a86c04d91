using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.Plans;
using Actors.Lab.Users;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.NodeShell;
using Actors.Server.Storage;

namespace Actors.Lab.Checking;

/// <summary>
/// An author's changes are committed in the order in which its user completed them: first in, first out. The exceptions are
/// those of docs/consistency.md, and each is counted.
/// </summary>
internal sealed class OrderChecker(ServerHistory history, RecordedStorage storage, Writings writings, Findings findings, Coverage coverage)
{
    public const string Name = "order";
    private const string InConflict = "order: excused, in conflict with another author";
    private static readonly TimeSpan MomentOfFinding = TimeSpan.FromSeconds(3);

    // Sites whose node keeps an order: it has looked at everything once since it joined.
    private readonly HashSet<Site> _ordered = [];

    // When each push was made.
    private readonly Dictionary<string, TimeSpan> _sent = [];

    /// <summary>What a node says of itself.</summary>
    public void Record(Site site, NodeEvent e)
    {
        switch (e)
        {
            case { Name: EventNames.Join, Type: NodeEventType.Invoke }:
                LoseOrder(site);
                break;
            // Until it has been told of everything, it compares its replica with the share anew.
            case { Name: EventNames.Pull, Type: NodeEventType.Ok } when e.Seq >= history.Head && _ordered.Add(site):
                writings.Completions.Forget(site.Name);
                break;
            case { Name: EventNames.Push, Type: NodeEventType.Invoke, Op: { } op }:
                _sent[op] = writings.Completions.Now();
                break;
            // Of a directory that cannot be looked into nothing is known but that.
            case { Name: EventNames.Overtook, Path: { } path }:
                coverage.Reached(Races.Overtook);
                _ = writings.Completions.Of(site.Name).ForgetAt(path);
                break;
            // What the registry has was put there: what was there is kept as a copy, or was deleted in vain.
            case { Name: EventNames.Apply, Path: { } path }:
                if (writings.Completions.Of(site.Name).Pending.Remove(path))
                    coverage.Reached(InConflict);
                break;
        }
    }

    /// <summary>What is completed until the node has looked at everything again is in no order.</summary>
    public void LoseOrder(Site site)
    {
        _ordered.Remove(site);
        writings.Completions.Forget(site.Name);
    }

    /// <summary>What was completed until a node learns that notices were lost is found by a look at everything.</summary>
    public void LoseNotices(Site site)
    {
        if (writings.Completions.Of(site.Name).Pending.Count > 0)
            coverage.Reached("order: excused, notices were lost");
        writings.Completions.Forget(site.Name);
    }

    public void Check(LogRow row)
    {
        // A clone and its original work at the same time.
        var site = storage.Owners(row.Commit.Push.Node) is { Count: 1 } owners ? owners.Single() : null;
        foreach (var change in row.Changes)
            Overtake(site, change.Path.ToString());
        if (site is null)
            return;
        var machine = writings.Completions.Of(site.Name);
        var committed = new List<(string Path, Completions.Completion Completion)>();
        foreach (var change in row.Changes.Where(change => !change.To.IsFolder))
        {
            if (machine.Commit(change.Path.ToString(), change.To) is not { } completion)
            {
                // It went with its directory, whatever it was completed as before.
                if (change.To.IsAbsent)
                    machine.Pending.Remove(change.Path.ToString());
                continue;
            }
            if (change.SnapshotOfOpenFile || IsEarlier(site, row.Commit.Push, completion))
                coverage.Reached("order: excused, a snapshot of what was not closed yet");
            else if (!completion.IsWatched)
                coverage.Reached("order: excused, found where nothing watched");
            else
                committed.Add((change.Path.ToString(), completion));
        }
        if (committed.Count == 0 || !_ordered.Contains(site))
            return;
        if (site.Place == PlaceKind.PlainNotices)
        {
            coverage.Reached("order: excused, nothing tells when a file is closed");
            return;
        }
        coverage.Reached(Checkers.Of(Name));
        if (committed.Count > 1)
            coverage.Reached(Races.CommittedTogether);
        foreach (var (path, completion) in committed)
        {
            foreach (var (earlier, pending) in machine.Pending.Where(item => item.Value.Index < completion.Index).ToList())
            {
                if (IsExcused(earlier, pending) || IsFound(machine, path, completion, pending))
                    continue;
                machine.Pending.Remove(earlier);
                findings.Add(Name, $"commit {row.Commit.Sequence} of client {row.Commit.Author} has {path}, completed at {completion.At.TotalSeconds:0.###} s on {site.Name}, and not yet {earlier} ({pending.State}), completed at {pending.At.TotalSeconds:0.###} s");
            }
        }
    }

    /// <summary>What others have completed at a path, and could not commit before, is in conflict from now on.</summary>
    private void Overtake(Site? author, string path)
    {
        foreach (var (_, machine) in writings.Completions.All.Where(item => item.Key != author?.Name))
        {
            if (machine.ForgetAt(path))
                coverage.Reached(InConflict);
        }
    }

    /// <summary>
    /// It was sent before its user completed it as that, perhaps once more; or before the node can have heard of that: a file
    /// that no process has written for a while is taken for closed where the node cannot tell whether it is.
    /// </summary>
    private bool IsEarlier(Site site, PushId push, Completions.Completion completion) =>
        _sent.TryGetValue(EventOps.Push(push), out var sent)
        && (sent < completion.At || (sent == completion.At && site is ClientSite { Place: PlaceKind.OtherUser }));

    private bool IsFound(Completions.OfMachine machine, string path, Completions.Completion completion, Completions.Completion passed)
    {
        if (!machine.MayBeFound(path, completion, passed.Index, MomentOfFinding))
            return false;
        coverage.Reached("order: excused, found in a new directory");
        return true;
    }

    /// <summary>The registry has it already, or a directory is in its place.</summary>
    private bool IsExcused(string path, Completions.Completion pending)
    {
        var now = history.Find(RelativePath.Parse(path))?.State ?? EntryState.Absent;
        return now == pending.State || now.IsFolder;
    }

    /// <summary>Something was committed at a path, or above it, that a machine does not know of, by others or by itself before a backup.</summary>
    public bool IsBehind(string machine, string path)
    {
        var at = RelativePath.Parse(path);
        if (!at.Ancestors.Where(above => !above.IsRoot).Any(above => IsNews(machine, above, isAbove: true)) && !IsNews(machine, at, isAbove: false))
            return false;
        coverage.Reached(InConflict);
        return true;
    }

    private bool IsNews(string machine, RelativePath path, bool isAbove)
    {
        if (history.Find(path) is not { } entry || (isAbove && entry.State.IsFolder))
            return false;
        var synced = storage.RecordOf(machine)?.Synced.GetValueOrDefault(path);
        return entry.State.IsAbsent ? synced is not null : (synced?.Version ?? 0) < entry.Version;
    }
}
