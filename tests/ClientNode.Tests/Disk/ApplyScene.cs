using System.Text;
using Actors.Client.Cache;
using Actors.Client.Disk;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Storage;
using Actors.Client.Storage.Sqlite;
using Actors.Client.Tests.FileSystem;
using Actors.Client.Tests.Watcher;
using Actors.Client.Watcher;
using Actors.Messages.Content;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Disk;

/// <summary>A replica on a real disk, without actors.</summary>
public sealed class ApplyScene : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 11, 22, 7, 21, 0, TimeSpan.Zero);

    private readonly NewNames _names;
    private SqliteReplicaStore _store;
    private ReplicaDisk _disk;
    private Applier _applier;
    private DisplacedWatch? _displaced;

    /// <param name="names">What the file system can do.</param>
    public ApplyScene(NewNames names = NewNames.ByExchange)
    {
        _names = names;
        Files = LinuxFileSystem.Open(Directory.Path);
        foreach (var path in (RelativePath[])[ReplicaLayout.Own, ReplicaLayout.Staging, ReplicaLayout.Displaced])
            Assert.Equal(FileFault.None, Files.MakeDirectory(path));
        Faulty = new FaultyFileSystem(Files);
        (_store, _disk) = Open();
        _applier = new Applier(_disk, 1);
    }

    public TempDirectory Directory { get; } = new();

    public LinuxFileSystem Files { get; }

    internal FaultyFileSystem Faulty { get; }

    public static CopyNaming Naming { get; } = new("Client 2", Time, new PushId(new NodeId(1), 1));

    public IReplicaStore Store => _store;

    public TestClock Clock { get; } = new();

    /// <summary>One for each start.</summary>
    public DisplacedWatch Displaced => _displaced ??= new(_disk, Clock, new ObserverOptions());

    public static RelativePath P(string path) => RelativePath.Parse(path);

    public static ContentRef C(string text) => ContentRef.Of(Encoding.UTF8.GetBytes(text));

    public static TreeEntry File(string path, string text, ulong version = 2) => new(P(path), EntryState.File(C(text)), version);

    public static TreeEntry Folder(string path, ulong version = 2) => new(P(path), EntryState.Folder, version);

    public static TreeEntry Absent(string path, ulong version = 2) => new(P(path), EntryState.Absent, version);

    public SeenFile? Seen(string path) => Files.Stat(P(path)) is { IsRegular: true } stat
        ? new SeenFile(stat.Signature, C(Directory.Read(path)), IsSettled: true)
        : null;

    /// <summary>An order as the replica gives it, about what is on disk now.</summary>
    public ApplyOrder Order(TreeEntry entry, EntryState expected, string? text = null, bool isCopyOwed = false) => new(
        entry,
        expected,
        Seen(entry.Path.ToString()),
        text is null ? default : new ContentSource(Encoding.UTF8.GetBytes(text), null),
        Naming.Name(entry.Path, 0),
        isCopyOwed,
        Naming);

    public ApplyOutcome Apply(ApplyOrder order) => Assert.Single(ApplyAll([order]));

    public IReadOnlyList<ApplyOutcome> ApplyAll(IReadOnlyList<ApplyOrder> orders)
    {
        var outcomes = _applier.Run(orders, new ReplicaChanges());
        _disk.Commit(new ReplicaChanges());
        return outcomes;
    }

    /// <summary>The process is gone after the disk was touched, and before what came of it is stored.</summary>
    public void ApplyAndCrash(ApplyOrder order)
    {
        var changes = new ReplicaChanges { Newest = new(new(1), order.Entry.Version, default) };
        Assert.Single(_applier.Run([order], changes));
    }

    /// <summary>The process is gone after the intents were stored; what it did next is up to the test.</summary>
    public void StoreIntent(Intent intent)
    {
        var changes = new ReplicaChanges { Newest = new(new(1), intent.Entry.Version, default) };
        changes.Intents.Add(intent);
        _store.Commit(changes);
    }

    public void Recover()
    {
        _store.Dispose();
        (_store, _disk) = Open();
        _displaced = null;
        var next = new Recovery(_disk, Naming).Run();
        _applier = new Applier(_disk, next);
        Assert.Empty(_store.ReadIntents());
        Assert.Empty(Names(".actors/staging"));
    }

    /// <summary>The state cannot be written, and so what recovery has done is done again.</summary>
    public void RecoverOnFullDisk()
    {
        new Recovery(new ReplicaDisk(Faulty, _disk.Traits, new FullStore(_store)), Naming).Run();
    }

    /// <summary>Nothing may be stored any more by this process.</summary>
    public bool IsBroken => _disk.IsBroken;

    public string[] Names(string directory = ".") =>
        [.. System.IO.Directory.GetFileSystemEntries(Directory[directory]).Select(path => Path.GetFileName(path)!).Where(name => name != ".actors").Order()];

    public void Dispose()
    {
        _store.Dispose();
        Files.Dispose();
        Directory.Dispose();
    }

    private (SqliteReplicaStore Store, ReplicaDisk Disk) Open()
    {
        var store = SqliteReplicaStore.Open(Directory[ReplicaLayout.StateFile]);
        var traits = Files.Probe(ReplicaLayout.Staging);
        traits = traits with { ExchangesNames = _names == NewNames.ByExchange, ReplacesWithBackup = _names == NewNames.ByReplacing };
        return (store, new ReplicaDisk(Faulty, traits, store));
    }

    private sealed class FullStore(IReplicaStore store) : IReplicaStore
    {
        public ReplicaFacts ReadFacts() => store.ReadFacts();
        public IEnumerable<TreeEntry> ReadSynced() => store.ReadSynced();
        public IEnumerable<(RelativePath Path, SeenFile File)> ReadSeen() => store.ReadSeen();
        public IReadOnlyList<StoredPush> ReadPushes() => store.ReadPushes();
        public IReadOnlyList<Intent> ReadIntents() => store.ReadIntents();
        public IReadOnlyList<DisplacedFile> ReadDisplaced() => store.ReadDisplaced();
        public void Commit(ReplicaChanges changes) => throw new ReplicaStoreException("the disk is full", isDiskFull: true);
        public void Dispose()
        {
        }
    }
}
