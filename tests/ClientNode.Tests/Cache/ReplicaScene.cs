using System.Text;
using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Client.Tests.Watcher;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Cache;

/// <summary>
/// A replica's decisions with a disk of names and texts, and a server that is the test: no actors, no files. Orders are
/// carried out unless they are held back.
/// </summary>
internal sealed class ReplicaScene
{
    private readonly Dictionary<string, string?> _disk = [];
    private readonly Dictionary<string, string> _staged = [];
    private readonly List<ReplicaEffect> _effects = [];
    private readonly Dictionary<ulong, long> _changedNs = [];
    private ulong _inode;
    private ulong _sessions;

    public ReplicaScene(MemoryReplicaStore? store = null, bool isScanned = true, TimeSpan newNameQuiet = default)
    {
        Store = store ?? new MemoryReplicaStore();
        var identity = new ReplicaIdentity(new NodeId(7), 3, "machine", 1, 2);
        Replica = new Replica(Store, identity, new ReplicaOptions { Share = "default", NewNameQuiet = newNameQuiet }, Clock);
        if (isScanned)
            Do(replica => replica.FinishScan());
        Effects();
    }

    public static EpochId Epoch { get; } = new(5);

    public MemoryReplicaStore Store { get; }
    public TestClock Clock { get; } = new();
    public Replica Replica { get; }

    public IEnumerable<string> Names => _disk.Keys.Order(StringComparer.Ordinal);

    public string Text(string path) => _disk[path] ?? throw new InvalidOperationException($"{path} is a directory");

    public static RelativePath P(string path) => RelativePath.Parse(path);

    public static ContentRef C(string text) => ContentRef.Of(Encoding.UTF8.GetBytes(text));

    public static ReceivedEntry File(string path, string text, ulong version, bool inline = true) =>
        new(new TreeEntry(P(path), EntryState.File(C(text)), version), inline ? Encoding.UTF8.GetBytes(text) : default(ReadOnlyMemory<byte>?));

    public static ReceivedEntry Folder(string path, ulong version) => new(new TreeEntry(P(path), EntryState.Folder, version), null);

    public static ReceivedEntry Gone(string path, ulong version) => new(new TreeEntry(P(path), EntryState.Absent, version), null);

    /// <summary>What the replica wanted since the last call.</summary>
    public IReadOnlyList<ReplicaEffect> Effects()
    {
        ReplicaEffect[] effects = [.. _effects];
        _effects.Clear();
        return effects;
    }

    public IReadOnlyList<StoredPush> Pushes() => [.. Effects().OfType<ReplicaEffect.SendPush>().Select(send => send.Push)];

    public PullRequest LastPull { get; private set; } = null!;

    public List<string> Story { get; } = [];

    public void Do(Action<Replica> input)
    {
        input(Replica);
        while (true)
        {
            Replica.Plan();
            var orders = Replica.Output.TakeOrders();
            if (orders.Count == 0)
                break;
            foreach (var order in orders)
                Replica.Report(CarryOut(order));
        }
        foreach (var effect in Replica.Output.TakeEffects())
        {
            if (effect is ReplicaEffect.SendPull send)
                LastPull = send.Pull;
            if (effect is ReplicaEffect.Narrate narrate)
                Story.Add(narrate.Line);
            _effects.Add(effect);
        }
        if (Replica.Output.TakeWholeChanges() is { } whole)
            Store.Commit(whole);
        if (Replica.Output.HasChanges)
            Store.Commit(Replica.Output.TakeChanges());
        foreach (var examine in _effects.OfType<ReplicaEffect.Examine>().ToList())
        {
            _effects.Remove(examine);
            foreach (var path in examine.Paths)
                Look(path.ToString());
        }
    }

    /// <summary>Joins, and lets the first Pull be answered with these entries, all of them.</summary>
    public void JoinAt(ulong head, params ReceivedEntry[] entries)
    {
        Join(resumed: Replica.Remote.Position is not null, head);
        Answer(head, entries);
    }

    public void Join(bool resumed, ulong head, params DoubtOutcome[] outcomes)
    {
        var session = new ReplicaSession(++_sessions, 2, "Client 2", Epoch);
        Do(replica => replica.Join(new Admission(session, resumed, head, outcomes)));
    }

    /// <summary>A place in the history that the test makes up.</summary>
    public static SharePosition At(ulong seq) => new(Epoch, seq, seq == 0 ? default : C($"{seq}").Hash);

    public void Accept(ulong counter, ulong seq, ulong head) => Do(replica => replica.Outgoing.Accept(counter, At(seq), head));

    /// <summary>Answers the last Pull with the rest.</summary>
    public void Answer(ulong head, params ReceivedEntry[] entries) => Answer(LastPull, head, complete: true, entries);

    public void Answer(PullRequest pull, ulong head, bool complete, params ReceivedEntry[] entries) => Do(replica => replica.TakePage(
        new UpdatesPage(pull.Session, pull.Request, [.. entries.OrderBy(e => e.Entry.Version).ThenBy(e => e.Entry.Path)], complete, At(head))));

    public void Notice(ulong head, params (string Path, ulong Version)[] paths) =>
        Do(replica => replica.Remote.Invalidate(Epoch, head, paths.Select(item => (P(item.Path), item.Version))));

    /// <summary>A user saves a file; null makes a directory.</summary>
    public void Save(string path, string? text)
    {
        _disk[path] = text;
        Look(path);
    }

    /// <summary>Writes the disk without anybody noticing.</summary>
    public void Put(string path, string? text) => _disk[path] = text;

    /// <summary>Removes a file without anybody noticing.</summary>
    public void Vanish(string path) => _disk.Remove(path);

    public void Remove(string path)
    {
        foreach (var name in Names.Where(name => name == path || name.StartsWith(path + "/")).ToList())
            _disk.Remove(name);
        Look(path);
    }

    /// <summary>The quiet moment after which deletions are believed.</summary>
    public void BelieveAbsences()
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        Do(replica => replica.Local.BelieveAbsences(replica.Local.AbsencesDue()));
    }

    /// <summary>The quiet moment after which new names are believed.</summary>
    public void BelieveNewNames(TimeSpan after)
    {
        Clock.Advance(after);
        Do(replica =>
        {
            var due = replica.Local.TakeNewNamesDue();
            replica.Local.BelieveNewNames([.. due.Where(path => _disk.ContainsKey(path.ToString()))]);
            replica.Local.DoubtNewNames([.. due.Where(path => !_disk.ContainsKey(path.ToString()))]);
        });
    }

    public void Look(string path) => Do(replica => replica.Observe(Observe(path)));

    /// <summary>The Watcher has a notice of a path that a user has completed, and has not looked there yet.</summary>
    public void NoticeAt(string path, bool isCompleted = true) =>
        Do(replica => replica.Observe(new Observation.Noticed(P(path), isCompleted, IsBeingWritten: !isCompleted)));

    /// <summary>A user saves a file (null makes a directory), and the Watcher has a notice of it before it looks, or only then.</summary>
    public void Complete(string path, string? text, bool isNoticeLate = false)
    {
        _disk[path] = text;
        Observation[] seen = [new Observation.Noticed(P(path), IsCompleted: true, IsBeingWritten: false), Observe(path)];
        Do(replica =>
        {
            foreach (var observation in isNoticeLate ? seen.Reverse() : seen)
                _ = replica.Observe(observation);
        });
    }

    /// <summary>A user deletes a file, and the Watcher has a notice of it.</summary>
    public void Delete(string path)
    {
        NoticeAt(path);
        Remove(path);
    }

    /// <summary>A file is read: so soon after its last change that another one may have the same signature, or long after.</summary>
    public void Read(string path, string text, ulong inode, bool isSettled)
    {
        _disk[path] = text;
        var changedNs = Clock.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        var seen = new SeenFile(new FileSignature(inode, text.Length, isSettled ? _changedNs[inode] : _changedNs[inode] = changedNs, 0), C(text), isSettled);
        Do(replica => replica.Observe(new Observation.Content(P(path), seen, false)));
    }

    private Observation Observe(string path)
    {
        if (!_disk.TryGetValue(path, out var text))
            return new Observation.Absent(P(path));
        return text is null ? new Observation.Folder(P(path), default) : new Observation.Content(P(path), Seen(text), false);
    }

    private SeenFile Seen(string text) => new(new FileSignature(++_inode, text.Length, 0, 0), C(text), true);

    private ApplyOutcome CarryOut(ApplyOrder order)
    {
        var path = order.Entry.Path.ToString();
        var now = !_disk.TryGetValue(path, out var text) ? EntryState.Absent : text is null ? EntryState.Folder : EntryState.File(C(text));
        if (now != order.Expected)
            return new ApplyOutcome.Surprised(order, []);
        if (order.IsCopyOwed)
            _disk[order.CopyName.ToString()] = text;
        _disk.Remove(path);
        if (order.Entry.State.IsFolder)
            _disk[path] = null;
        if (!order.Entry.State.IsFile)
            return new ApplyOutcome.Done(order, null, order.IsCopyOwed ? order.CopyName : null);
        var content = order.Source.Inline is { } inline ? Encoding.UTF8.GetString(inline.Span) : _staged[order.Source.StagedName!];
        _disk[path] = content;
        return new ApplyOutcome.Done(order, Seen(content), order.IsCopyOwed ? order.CopyName : null);
    }

    public void Stage(string name, string text) => _staged[name] = text;
}
