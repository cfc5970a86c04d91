using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Storage;

/// <summary>What every store of a replica's state does, the ones in memory too.</summary>
public abstract class ReplicaStoreContract : IDisposable
{
    protected abstract IReplicaStore Store { get; }

    /// <summary>As after the process was killed: only what was committed is there.</summary>
    protected abstract void Crash();

    public virtual void Dispose() => GC.SuppressFinalize(this);

    [Fact]
    public void A_new_store_knows_nothing()
    {
        Assert.Equal(new ReplicaFacts(null, null, null, 0, ""), Store.ReadFacts());
        Assert.Empty(Store.ReadSynced());
        Assert.Empty(Store.ReadSeen());
        Assert.Empty(Store.ReadPushes());
        Assert.Empty(Store.ReadIntents());
        Assert.Empty(Store.ReadDisplaced());
    }

    [Fact]
    public void Facts_survive_a_crash()
    {
        var identity = new ReplicaIdentity(new NodeId(UInt128.MaxValue), 7, "machine", ulong.MaxValue, 12);
        var position = new SharePosition(new EpochId(5), 99, Hash("chain"));
        var newest = new SharePosition(new EpochId(5), 101, Hash("later"));
        Store.Commit(new ReplicaChanges { Identity = identity, Position = position, Newest = newest, LastCounter = 3, Name = "Client 2" });
        Crash();
        Assert.Equal(new ReplicaFacts(identity, position, newest, 3, "Client 2"), Store.ReadFacts());
    }

    [Fact]
    public void The_synced_tree_is_what_was_put_and_not_taken_away()
    {
        var file = new TreeEntry(P("b/file"), EntryState.File(ContentRef.Of("text"u8)), 4) { Author = 2, CommittedAtUs = 1_000_000 };
        var open = new TreeEntry(P("log"), EntryState.File(ContentRef.Of("line"u8)), 5) { SnapshotOfOpenFile = true };
        var folder = new TreeEntry(P("b"), EntryState.Folder, 3);
        Put(file, folder, open, new TreeEntry(P("gone"), EntryState.Folder, 1), new TreeEntry(P("away"), EntryState.Folder, 1));
        var changes = new ReplicaChanges();
        changes.Synced[P("gone")] = null;
        changes.Synced[P("away")] = new TreeEntry(P("away"), EntryState.Absent, 9);
        Store.Commit(changes);
        Crash();
        Assert.Equal([folder, file, open], Store.ReadSynced());
    }

    [Fact]
    public void A_newer_entry_replaces_the_older_one()
    {
        Put(new TreeEntry(P("a"), EntryState.Folder, 1));
        Put(new TreeEntry(P("a"), EntryState.File(ContentRef.Empty), 2));
        Assert.Equal([new TreeEntry(P("a"), EntryState.File(ContentRef.Empty), 2)], Store.ReadSynced());
    }

    [Fact]
    public void Seen_files_are_remembered_until_they_are_forgotten()
    {
        var seen = new SeenFile(new FileSignature(ulong.MaxValue, 4, -5, 6), ContentRef.Of("text"u8), IsSettled: true);
        var changes = new ReplicaChanges();
        changes.Seen[P("a")] = seen;
        changes.Seen[P("b")] = seen with { IsSettled = false };
        Store.Commit(changes);
        changes = new ReplicaChanges();
        changes.Seen[P("a")] = null;
        Store.Commit(changes);
        Assert.Equal([(P("b"), seen with { IsSettled = false })], Store.ReadSeen());
    }

    [Fact]
    public void A_push_is_kept_with_its_changes_until_it_is_settled()
    {
        PathChange[] changes =
        [
            new(P("old"), 8, EntryState.Absent),
            new(P("dir"), 0, EntryState.Folder),
            new(P("dir/file"), 3, EntryState.File(ContentRef.Of("text"u8))) { SnapshotOfOpenFile = true },
        ];
        var push = new StoredPush(6, ChangeSetDigest.Of(changes), changes) { Copies = [P("x"), P("y/z")] };
        var add = new ReplicaChanges { LastCounter = 6 };
        add.Pushes.Add(push);
        Store.Commit(add);
        Crash();
        var read = Assert.Single(Store.ReadPushes());
        Assert.Equal((push.Counter, push.Digest), (read.Counter, read.Digest));
        Assert.Equal(changes, read.Changes);
        Assert.Equal(push.Copies, read.Copies);
        var settle = new ReplicaChanges();
        settle.SettledPushes.Add(6);
        Store.Commit(settle);
        Assert.Empty(Store.ReadPushes());
        Assert.Equal(6ul, Store.ReadFacts().LastCounter);
    }

    [Fact]
    public void Intents_and_displaced_files_are_kept_until_they_are_done()
    {
        var entry = new TreeEntry(P("a"), EntryState.File(ContentRef.Of("new"u8)), 4);
        var intent = new Intent(11, entry, EntryState.File(ContentRef.Of("old"u8)), P("a (conflict)"), IsCopyOwed: true);
        var removal = new Intent(12, new TreeEntry(P("b"), EntryState.Absent, 5), EntryState.Folder, P("b (conflict)"), IsCopyOwed: false);
        var displaced = new DisplacedFile(9, P("c"), EntryState.File(ContentRef.Empty), P("c (conflict)"));
        var changes = new ReplicaChanges();
        changes.Intents.AddRange([intent, removal]);
        changes.Displaced.Add(displaced);
        Store.Commit(changes);
        Crash();
        Assert.Equal([intent, removal], Store.ReadIntents());
        Assert.Equal([displaced], Store.ReadDisplaced());
        changes = new ReplicaChanges();
        changes.IntentsDone.Add(11);
        changes.DisplacedDone.Add(9);
        Store.Commit(changes);
        Assert.Equal([removal], Store.ReadIntents());
        Assert.Empty(Store.ReadDisplaced());
    }

    [Fact]
    public void Forgetting_the_agreement_keeps_identity_counter_and_what_was_seen()
    {
        var identity = new ReplicaIdentity(new NodeId(1), 1, "machine", 2, 3);
        var changes = new ReplicaChanges { Identity = identity, Position = new SharePosition(new EpochId(5), 99, default), LastCounter = 3 };
        changes.Newest = changes.Position;
        changes.Synced[P("a")] = new TreeEntry(P("a"), EntryState.Folder, 1);
        changes.Seen[P("b")] = new SeenFile(default, ContentRef.Empty, true);
        changes.Pushes.Add(new StoredPush(3, default, [new PathChange(P("a"), 0, EntryState.Folder)]));
        Store.Commit(changes);
        var forget = new ReplicaChanges { ForgetAgreement = true };
        forget.Synced[P("c")] = new TreeEntry(P("c"), EntryState.Folder, 2);
        Store.Commit(forget);
        Crash();
        Assert.Equal(new ReplicaFacts(identity, null, null, 3, ""), Store.ReadFacts());
        Assert.Equal([P("c")], Store.ReadSynced().Select(entry => entry.Path));
        Assert.Empty(Store.ReadPushes());
        Assert.Single(Store.ReadSeen());
    }

    protected static RelativePath P(string path) => RelativePath.Parse(path);

    private static ContentHash Hash(string text) => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes(text));

    private void Put(params TreeEntry[] entries)
    {
        var changes = new ReplicaChanges();
        foreach (var entry in entries)
            changes.Synced[entry.Path] = entry;
        Store.Commit(changes);
    }
}
