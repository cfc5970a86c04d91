using System.Text;
using Actors.Client.Cache;
using Actors.Client.Content;
using Actors.Client.Disk;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Client.Watcher;
using Actors.Lab.Files;
using Actors.Lab.Observing;
using Actors.Lab.Storage;
using Actors.Lab.Tests.Storage;
using Actors.Lab.World.Disks;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Microsoft.Extensions.Time.Testing;

namespace Actors.Lab.Tests.ClientDisk;

/// <summary>A replica on a disk that can fail and lose power, without actors.</summary>
internal sealed class ApplyScene
{
    private readonly StorageScene _machine;
    private ReplicaDisk _disk = null!;
    private Applier _applier = null!;

    public ApplyScene(ulong seed)
    {
        _machine = new StorageScene(seed);
        var files = SimulatedFileSystem.Open(_machine.Process, "data");
        foreach (var path in (RelativePath[])[ReplicaLayout.Own, ReplicaLayout.Staging, ReplicaLayout.Displaced, P("dir")])
            Assert.Equal(FileFault.None, files.MakeDirectory(path));
        _machine.Process.SyncAll();
        Start();
        // All that a test applies is of what is known of the share's history.
        Store.Commit(new ReplicaChanges { Newest = new(new EpochId(1), 100, default) });
    }

    public static CopyNaming Naming { get; } = new("Client 2", DateTimeOffset.UnixEpoch, new PushId(new NodeId(1), 1));

    public IReplicaStore Store => _disk.Store;

    public static RelativePath P(string path) => RelativePath.Parse(path);

    public static EntryState Text(string text) => EntryState.File(ContentRef.Of(Encoding.UTF8.GetBytes(text)));

    /// <summary>Agreed on with the registry.</summary>
    public void Agree(string path, EntryState state)
    {
        var changes = new ReplicaChanges();
        changes.Synced[P(path)] = new TreeEntry(P(path), state, 1);
        Store.Commit(changes);
    }

    /// <summary>The registry has what is there, no matter who made it.</summary>
    public void Adopt(string path, EntryState state)
    {
        var changes = new ReplicaChanges();
        changes.Synced[P(path)] = new TreeEntry(P(path), state, 1);
        _disk.NoteAdopted(P(path));
        _disk.Commit(changes);
    }

    /// <summary>By a user, durably if it is synced. The file stays open until the returned descriptor is disposed of.</summary>
    public Descriptor Write(string path, string text, bool isSynced = true)
    {
        var user = _machine.Machine.Disk.StartProcess("user");
        var file = user.Open($"data/{path}", OpenModes.ReadWrite | OpenModes.Create | OpenModes.Truncate);
        file.Append(Encoding.UTF8.GetBytes(text));
        if (isSynced)
            user.SyncAll();
        return file;
    }

    public IEnumerable<string> Names() => _disk.Files.List(RelativePath.Root)!.Select(item => Encoding.UTF8.GetString(item.Name.Span)).Order();

    /// <summary>Files that updates have displaced, and that are being written.</summary>
    public int DisplacedFiles => _disk.Files.List(ReplicaLayout.Displaced)!.Count;

    /// <summary>Null where no file is.</summary>
    public string? Read(string path)
    {
        using var file = _disk.Files.OpenRead(P(path));
        if (file is null)
            return null;
        var bytes = new byte[file.Stat().Size];
        _ = file.Read(0, bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    public void Apply(string path, EntryState state, EntryState expected, string? text)
    {
        Assert.IsType<ApplyOutcome.Done>(Run(path, state, expected, text));
        _disk.Commit(new ReplicaChanges());
    }

    /// <summary>As the Watcher does before a push is sent.</summary>
    public StoredPush LoadPush(string path, EntryState state)
    {
        PathChange[] changes = [new PathChange(P(path), 0, state)];
        var push = new StoredPush(1, ChangeSetDigest.Of(changes), changes);
        new PushLoader(_disk.Files, _disk.Traits).Load(new PushDispatch(push, 0, new NodeId(1), "default", new EpochId(1), new(1, Google.Protobuf.ByteString.Empty), 0));
        return push;
    }

    /// <summary>As the bulk lane does when the server asks for what did not ride along; null where it is not there.</summary>
    public string? Offer(StoredPush push, string path)
    {
        using var offers = new ContentOffers(_disk.Files);
        offers.Add(push);
        var content = push.Changes.Single(change => change.Path == P(path)).To.Content;
        return offers.Find(content.Hash, content.Root, 0, isNode: false) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
    }

    /// <summary>By a user, not durably.</summary>
    public void Rename(string from, string to) => _machine.Machine.Disk.StartProcess("user").Rename($"data/{from}", $"data/{to}");

    /// <summary>By a user, not durably.</summary>
    public void MakeDirectory(string path) => _machine.Machine.Disk.StartProcess("user").MakeDirectory($"data/{path}");

    /// <summary>A user does something before the first call of a kind.</summary>
    public ApplyOutcome ApplyAndMeanwhile(string path, EntryState state, EntryState expected, string? text, DiskOperation before, Action users)
    {
        _machine.Between = call =>
        {
            if (call.Operation != before || call.Process != _machine.Process)
                return;
            _machine.Between = null;
            users();
        };
        var outcome = Run(path, state, expected, text);
        _disk.Commit(new ReplicaChanges());
        return outcome;
    }

    /// <summary>Before the changed names are made durable, a file system is mounted over the directory.</summary>
    public void ApplyAndMount(string path, EntryState state, EntryState expected, string? text, string directory)
    {
        Assert.IsType<ApplyOutcome.Done>(Run(path, state, expected, text));
        DiskEye.Find(_machine.Machine, $"data/{directory}")!.IsMountedOver = true;
        _disk.Commit(new ReplicaChanges());
    }

    /// <summary>Before the changed names are made durable, a user moves the directory away, and makes a link in its place.</summary>
    public void ApplyAndLink(string path, EntryState state, EntryState expected, string? text, string directory)
    {
        Assert.IsType<ApplyOutcome.Done>(Run(path, state, expected, text));
        Rename(directory, "moved");
        _machine.Machine.Disk.StartProcess("user").MakeLink($"data/{directory}", "moved");
        _disk.Commit(new ReplicaChanges());
    }

    /// <summary>Changes names, and then cannot make them durable: the process ends.</summary>
    public void ApplyAndEnd(string path, EntryState state, EntryState expected, string? text)
    {
        Run(path, state, expected, text);
        EndInstead(() => _disk.Commit(new ReplicaChanges()));
    }

    /// <summary>Removes an empty directory, and then a file, when the disk takes no change any more: the process stores what is owed, and ends.</summary>
    public void RemoveFolderThenFailAtFile(string folder, string file, EntryState content)
    {
        var seen = new SeenFile(_disk.Files.Stat(P(file))!.Value.Signature, content.Content, IsSettled: true);
        _machine.Fault = (DiskOperation.Rename, DiskError.ReadOnly);
        Assert.Throws<FileFaultException>(() => _applier.Run([Removal(folder, EntryState.Folder, null), Removal(file, content, seen)], new ReplicaChanges()));
        _machine.Fault = null;
        _disk.Commit(new ReplicaChanges());
        _machine.Kill();
        Start();
    }

    /// <summary>Looks after displaced files, and cannot make durable what came of it: the process ends.</summary>
    public void CheckDisplacedAndEnd()
    {
        new DisplacedWatch(_disk, new FakeTimeProvider(DateTimeOffset.UnixEpoch), new ObserverOptions()).Check(Naming, _ => false);
        EndInstead(() => _disk.Commit(new ReplicaChanges()));
    }

    public void CheckDisplaced()
    {
        new DisplacedWatch(_disk, new FakeTimeProvider(DateTimeOffset.UnixEpoch), new ObserverOptions()).Check(Naming, _ => false);
        _disk.Commit(new ReplicaChanges());
    }

    public void LosePower()
    {
        _machine.LosePower();
        Start();
    }

    private ApplyOutcome Run(string path, EntryState state, EntryState expected, string? text)
    {
        var at = P(path);
        var seen = _disk.Files.Stat(at) is { IsRegular: true } stat ? new SeenFile(stat.Signature, expected.Content, IsSettled: true) : (SeenFile?)null;
        var source = text is null ? default : new ContentSource(Encoding.UTF8.GetBytes(text), null);
        var order = new ApplyOrder(new TreeEntry(at, state, 2), expected, seen, source, Naming.Name(at, 0), false, Naming);
        return Assert.Single(_applier.Run([order], new ReplicaChanges()));
    }

    private static ApplyOrder Removal(string path, EntryState expected, SeenFile? seen) =>
        new(new TreeEntry(P(path), EntryState.Absent, 2), expected, seen, default, Naming.Name(P(path), 0), false, Naming);

    private void EndInstead(Action action)
    {
        _machine.Fault = (DiskOperation.SyncDirectory, DiskError.InputOutput);
        Assert.Throws<FileFaultException>(action);
        Assert.True(_disk.IsBroken);
        _machine.Fault = null;
        _machine.Kill();
        Start();
    }

    private void Start()
    {
        var files = SimulatedFileSystem.Open(_machine.Process, "data");
        _disk = new ReplicaDisk(files, files.Probe(ReplicaLayout.Staging), SimulatedReplicaStore.Open(_machine.Process, "data/.actors/state.db", _machine.Table));
        _applier = new Applier(_disk, new Recovery(_disk, Naming).Run());
    }
}
