using Actors.Client.Planning;
using Actors.Messages.Changes;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Planning.Model;

/// <summary>
/// A client in its plainest form: sees its disk late, carries plans out step by step, and lets <paramref name="meanwhile"/>
/// happen between any two steps.
/// </summary>
internal sealed class ModelReplica(int number, ModelServer server, Action<ModelReplica> meanwhile, List<string> story)
{
    private readonly Agenda _agenda = new();
    private readonly List<(IReadOnlyList<PathChange> Changes, HashSet<RelativePath> Copies)> _pushes = [];
    private readonly Queue<IReadOnlyList<TreeEntry>> _pages = new();
    private (ulong Version, RelativePath Path) _cursor;
    private ulong _counter;

    public ModelDisk Disk { get; } = new();
    public ReplicaTrees Trees { get; } = new();

    /// <summary>Paths that changed on disk and were not read since.</summary>
    public SortedSet<RelativePath> Unread { get; } = [];

    public int ConflictCopies { get; private set; }
    public int Name => number;
    public IReadOnlyCollection<RelativePath> Held => _agenda.Held;
    public bool HasPushes => _pushes.Count > 0;

    public bool IsQuiet => Unread.Count == 0 && _agenda.IsEmpty && _pushes.Count == 0 && _pages.Count == 0
        && server.Page(_cursor.Version, _cursor.Path, 1).Entries.Count == 0;

    /// <summary>The user's hand: the change is on disk, and not seen yet.</summary>
    public void Touched(RelativePath path)
    {
        Unread.Add(path);
        Unread.UnionWith(Disk.Below(path));
        Unread.UnionWith(Trees.Below(path));
    }

    /// <summary>An event came in: the path's content is unknown until it is read.</summary>
    public void Notice(int choice)
    {
        if (Unread.Count > 0)
            Observe(Unread.ElementAt(choice % Unread.Count), LocalState.Unsettled);
    }

    public void Read(int choice)
    {
        if (Unread.Count == 0)
            return;
        var path = Unread.ElementAt(choice % Unread.Count);
        Unread.Remove(path);
        Observe(path, Disk[path]);
    }

    public void RequestPage(int count)
    {
        var (entries, _) = server.Page(_cursor.Version, _cursor.Path, count);
        if (entries.Count == 0)
            return;
        _pages.Enqueue(entries);
        _cursor = (entries[^1].Version, entries[^1].Path);
    }

    public void TakePage()
    {
        if (!_pages.TryDequeue(out var entries))
            return;
        foreach (var entry in entries)
            LearnRemote(entry);
    }

    /// <summary>One of the pushes (uploads overtake each other) reaches the server; the outcome is known at once.</summary>
    public void Push(int choice)
    {
        if (_pushes.Count == 0)
            return;
        var (changes, copies) = _pushes[choice % _pushes.Count];
        _pushes.RemoveAt(choice % _pushes.Count);
        var (accepted, current) = server.Commit(changes);
        story.Add($"{number} push {(accepted is null ? "rejected" : "accepted")}: {string.Join(", ", changes.Select(change => $"{change.Path} = {change.To} on {change.Base}"))}");
        foreach (var entry in accepted ?? [])
        {
            LearnRemote(entry);
            if (!copies.Contains(entry.Path))
                Trees.SetSynced(entry.Path, entry);
        }
        foreach (var entry in current)
            LearnRemote(entry);
        foreach (var change in changes)
        {
            Trees.SetInFlight(change.Path, false);
            _agenda.Mark(change.Path);
        }
    }

    public void CarryOut(int choice)
    {
        if (_agenda.IsEmpty)
            return;
        var names = new ConflictNames($"Client {number}", DateTimeOffset.UnixEpoch, new PushId(new NodeId((UInt128)number), ++_counter), IsTaken);
        var plan = Planner.Plan(Trees, _agenda.Take(), names.For);
        _agenda.Note(plan);
        foreach (var step in plan.Agreed)
            Trees.SetSynced(step.Path, step.Entry);
        // Proposals are stored before anything else happens; what the disk does then is another observation.
        Store(plan.Proposed, choice);
        foreach (var step in plan.Applied)
        {
            meanwhile(this);
            var done = TryApply(step);
            story.Add($"{number} apply{(done ? "" : " refused")}: {step.Path} = {step.Entry.State} at {step.Entry.Version}, expected {step.Expected}, keeping {step.KeepLocalAs}");
            if (!done)
                Distrust(step.Path);
        }
    }

    /// <summary>The process starts again: the disk is scanned, what the registry has is read from the first commit.</summary>
    public void Restart(bool forgetSynced)
    {
        story.Add($"{number} restarts{(forgetSynced ? ", forgetting" : "")}");
        _pages.Clear();
        _cursor = default;
        foreach (var path in Trees.Below(RelativePath.Root).ToList())
        {
            if (forgetSynced)
                Trees.SetSynced(path, null);
            Trees.SetRemote(path, Trees.Synced(path));
            Trees.SetLocal(path, LocalState.Unsettled);
            Unread.Add(path);
        }
        Unread.UnionWith(Disk.Paths);
    }

    private void Observe(RelativePath path, LocalState local)
    {
        story.Add($"{number} sees {path} = {local.State} {local.Condition}");
        Trees.SetLocal(path, local);
        _agenda.Mark(path);
    }

    private void LearnRemote(TreeEntry entry)
    {
        if (entry.Version <= (Trees.Remote(entry.Path)?.Version ?? 0))
            return;
        story.Add($"{number} learns {entry.Path} = {entry.State} at {entry.Version}");
        Trees.SetRemote(entry.Path, entry);
        _agenda.Mark(entry.Path);
    }

    private void Store(IReadOnlyList<Propose> proposals, int choice)
    {
        var group = new List<PathChange>();
        var copies = new HashSet<RelativePath>();
        foreach (var proposal in proposals)
        {
            group.Add(proposal.Change);
            if (proposal.KeepRemoteAs is { } copy)
            {
                ConflictCopies++;
                group.Add(copy);
                copies.Add(copy.Path);
            }
            choice = (choice * 31) + 7;
            if (choice % 3 != 0 && proposal != proposals[^1])
                continue;
            foreach (var change in group)
                Trees.SetInFlight(change.Path, true);
            _pushes.Add((group, copies));
            (group, copies) = ([], []);
        }
    }

    private bool TryApply(Apply step)
    {
        var path = step.Path;
        if (Disk[path] != step.Expected)
            return false;
        if (step.KeepLocalAs is { } name)
        {
            if (!Disk.TryRename(path, name))
                return false;
            ConflictCopies++;
            Unread.Add(name);
            meanwhile(this);
            if (Disk[path] != LocalState.Absent)
                return false;
        }
        if (!Disk.TrySet(path, step.Entry.State))
            return false;
        Trees.SetLocal(path, step.Entry.State);
        Trees.SetSynced(path, step.Entry);
        if (Trees.Remote(path)?.Version != step.Entry.Version)
            _agenda.Mark(path);
        return true;
    }

    /// <summary>The disk is not as it was read: read it again, there and around.</summary>
    private void Distrust(RelativePath path)
    {
        Unread.Add(path);
        Unread.UnionWith(path.Ancestors);
        Unread.UnionWith(Disk.Below(path));
    }

    private bool IsTaken(RelativePath path) =>
        Disk[path] != LocalState.Absent || !(Trees.Remote(path)?.State.IsAbsent ?? true) || !(Trees.Synced(path)?.State.IsAbsent ?? true)
        || Trees.IsInFlight(path);
}
