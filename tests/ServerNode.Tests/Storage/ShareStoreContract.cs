using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Server.Tests.Storage;

/// <summary>What every store must do. A store's own test class opens it.</summary>
public abstract class ShareStoreContract
{
    private static readonly EpochId FirstEpoch = new(1);

    /// <summary>The same data each time within one test.</summary>
    protected abstract IShareStore Open();

    [Fact]
    public void A_new_share_stands_at_commit_0_of_its_first_epoch()
    {
        using var store = Open();
        var share = AddShare(store);
        using var reader = store.OpenReader();
        using var snapshot = reader.Snapshot();
        Assert.Equal(new ShareHead(share, FirstEpoch, 0, CommitHash.Genesis), snapshot.Head(share));
        Assert.Equal(new ShareRow(share, "default"), Assert.Single(snapshot.Shares()));
        Assert.Equal(CommitHash.Genesis, snapshot.ChainAt(share, 0));
        Assert.Null(snapshot.ChainAt(share, 1));
    }

    [Fact]
    public void Nothing_of_a_transaction_is_there_before_it_is_committed_or_when_it_never_is()
    {
        using var store = Open();
        var share = AddShare(store);
        using var reader = store.OpenReader();
        using (var transaction = store.Begin())
        {
            Commit(transaction, share, 0, FileAt("a", "x", 1));
            Assert.NotNull(transaction.Find(share, RelativePath.Parse("a")));
            using var outside = reader.Snapshot();
            Assert.Null(outside.Find(share, RelativePath.Parse("a")));
        }
        using var snapshot = reader.Snapshot();
        Assert.Equal(0UL, snapshot.Head(share).Seq);
        Assert.Null(snapshot.Find(share, RelativePath.Parse("a")));
    }

    [Fact]
    public void What_was_committed_is_there_after_reopening()
    {
        var entry = FileAt("a", "x", 1) with { Author = 3, CommittedAtUs = 17, SnapshotOfOpenFile = true };
        int share;
        LogRow row;
        using (var store = Open())
        {
            share = AddShare(store);
            using var transaction = store.Begin();
            row = Commit(transaction, share, 0, entry);
            transaction.Commit();
        }
        using var again = Open();
        using var reader = again.OpenReader();
        using var snapshot = reader.Snapshot();
        Assert.Equal(entry, snapshot.Find(share, entry.Path));
        Assert.Equal(row.Chain, snapshot.Head(share).Chain);
        var read = Assert.Single(snapshot.ReadLog(share, 0, 10));
        Assert.Equal(row.Commit, read.Commit);
        Assert.Equal(row.Commit.Changes, ChangeSetDigest.Of(read.Changes));
    }

    [Fact]
    public void An_append_with_another_expected_head_changes_nothing()
    {
        using var store = Open();
        var share = AddShare(store);
        using (var transaction = store.Begin())
        {
            Commit(transaction, share, 0, FileAt("a", "x", 1));
            transaction.Commit();
        }
        using var late = store.Begin();
        var commit = new CommitRecord(1, 1, default, 0, default);
        Assert.False(late.Append(share, 0, new LogRow(commit, CommitHash.Next(CommitHash.Genesis, commit), [])));
        Assert.Equal(1UL, late.Head(share).Seq);
    }

    [Fact]
    public void The_log_is_read_from_a_sequence_number_in_order()
    {
        using var store = Open();
        var share = AddShare(store);
        using var transaction = store.Begin();
        for (ulong seq = 0; seq < 5; seq++)
            Commit(transaction, share, seq, FileAt($"f{seq}", "x", seq + 1));
        Assert.Equal([3UL, 4UL], transaction.ReadLog(share, 2, 2).Select(row => row.Commit.Sequence));
    }

    [Fact]
    public void Entries_after_a_place_come_by_version_and_path_without_overtaken_versions()
    {
        using var store = Open();
        var share = AddShare(store);
        using var transaction = store.Begin();
        Commit(transaction, share, 0, FileAt("a", "1", 1), FileAt("b", "1", 1));
        Commit(transaction, share, 1, FileAt("c", "1", 2));
        Commit(transaction, share, 2, FileAt("a", "2", 3), new TreeEntry(RelativePath.Parse("z"), EntryState.Absent, 3));
        string[] After(ulong version, string? path) =>
            [.. transaction.EntriesAfter(share, version, path is null ? RelativePath.Root : RelativePath.Parse(path)).Select(entry => $"{entry.Path}@{entry.Version}")];
        Assert.Equal(["b@1", "c@2", "a@3", "z@3"], After(0, null));
        Assert.Equal(["a@3", "z@3"], After(2, "c"));
        Assert.Equal(["z@3"], After(3, "a"));
        Assert.Empty(After(3, "z"));
    }

    [Fact]
    public void Only_live_entries_below_a_directory_are_found()
    {
        using var store = Open();
        var share = AddShare(store);
        using var transaction = store.Begin();
        Commit(
            transaction, share, 0, FileAt("d", "", 1), FileAt("d/a", "", 1), FileAt("d/b/c", "", 1), FileAt("d0", "", 1), FileAt("d-", "", 1),
            new TreeEntry(RelativePath.Parse("d/gone"), EntryState.Absent, 1));
        Assert.Equal(["d/a", "d/b/c"], transaction.LiveBelow(share, RelativePath.Parse("d"), 10).Select(entry => entry.Path.ToString()));
        Assert.Single(transaction.LiveBelow(share, RelativePath.Parse("d"), 1));
        Assert.Equal(new ShareSize(5, 0, 0), transaction.Size(share));
    }

    [Fact]
    public void Paths_are_bytes()
    {
        using var store = Open();
        var share = AddShare(store);
        using var transaction = store.Begin();
        var upper = RelativePath.Parse([0xff, 0x0a, (byte)'A']);
        var lower = RelativePath.Parse([0xff, 0x0a, (byte)'a']);
        Commit(transaction, share, 0, new TreeEntry(upper, EntryState.Folder, 1));
        Assert.Equal(upper, transaction.Find(share, upper)?.Path);
        Assert.Null(transaction.Find(share, lower));
    }

    [Fact]
    public void Parts_and_contents_are_kept_once_by_hash()
    {
        using var store = Open();
        var part = new byte[] { 1, 2, 3 };
        var hash = ContentHash.Of(part);
        var content = new ContentRef(ContentHash.Of([9]), 100_000, hash);
        using (var transaction = store.Begin())
        {
            transaction.PutPart(hash, part);
            transaction.PutPart(hash, part);
            transaction.PutPart(ContentHash.Of([]), []);
            transaction.PutContent(content);
            transaction.PutContent(content);
            transaction.Commit();
        }
        using var reader = store.OpenReader();
        using var snapshot = reader.Snapshot();
        Assert.Equal(part, snapshot.ReadPart(hash));
        Assert.Equal(3, snapshot.PartLength(hash));
        Assert.Empty(snapshot.ReadPart(ContentHash.Of([]))!);
        Assert.Null(snapshot.ReadPart(ContentHash.Of([7])));
        Assert.Null(snapshot.PartLength(ContentHash.Of([7])));
        Assert.Equal(content, snapshot.FindContent(hash));
        Assert.Null(snapshot.FindContent(content.Hash));
    }

    [Fact]
    public void Numbers_of_nodes_and_sessions_are_never_given_twice()
    {
        uint node;
        ulong session;
        using (var store = Open())
        {
            using var transaction = store.Begin();
            node = transaction.NextNodeNumber();
            session = transaction.NextSession();
            Assert.Equal(1U, node);
            transaction.Commit();
        }
        using var again = Open();
        using var next = again.Begin();
        Assert.Equal(node + 1, next.NextNodeNumber());
        Assert.Equal(session + 1, next.NextSession());
    }

    [Fact]
    public void A_node_is_found_as_it_was_put_last()
    {
        using var store = Open();
        using var transaction = store.Begin();
        var id = new NodeId(77);
        var row = new NodeRow(new NodeInstance(id, 1, ulong.MaxValue), 4) { Name = "a", Session = 1, Share = 1, SettledThrough = 2 };
        transaction.PutNode(row);
        var newer = row with { Instance = new NodeInstance(id, 2, 5), Session = 9, SettledThrough = 3 };
        transaction.PutNode(newer);
        Assert.Equal(newer, transaction.FindNode(id));
        Assert.Null(transaction.FindNode(new NodeId(78)));
    }

    [Fact]
    public void Outcomes_are_forgotten_up_to_a_counter()
    {
        using var store = Open();
        using var transaction = store.Begin();
        var accepted = new OutcomeRow(2, ContentHash.Of([1]), 10, PushRejection.Unspecified, "");
        var rejected = new OutcomeRow(3, ContentHash.Of([2]), 0, PushRejection.ContentGone, "why");
        transaction.PutOutcome(1, accepted);
        transaction.PutOutcome(1, rejected);
        transaction.PutOutcome(2, accepted);
        transaction.ForgetOutcomes(1, 2);
        Assert.Null(transaction.FindOutcome(1, 2));
        Assert.Equal(rejected, transaction.FindOutcome(1, 3));
        Assert.Equal(accepted, transaction.FindOutcome(2, 2));
    }

    [Fact]
    public void Epochs_come_in_the_order_they_began()
    {
        using var store = Open();
        var share = AddShare(store);
        using var transaction = store.Begin();
        transaction.PutEpoch(share, new EpochRow(new EpochId(0), 5));
        transaction.PutEpoch(share, new EpochRow(new EpochId(9), 5));
        Assert.Equal([FirstEpoch, new EpochId(0), new EpochId(9)], transaction.Epochs(share).Select(epoch => epoch.Id));
        Assert.Equal(new EpochId(9), transaction.Head(share).Epoch);
    }

    private const long HourUs = 3_600_000_000;
    private const long DayUs = 24 * HourUs;

    [Fact]
    public void An_upload_that_was_never_committed_is_forgotten_when_it_is_old_enough()
    {
        using var store = Open();
        var share = AddShare(store);
        var (upload, committed) = (Chunks(3, 1), Chunks(3, 2));
        Put(store, upload);
        Put(store, committed);
        using (var transaction = store.Begin())
        {
            Commit(transaction, share, 0, new TreeEntry(RelativePath.Parse("a"), EntryState.File(committed.Content), 1));
            transaction.Commit();
        }
        Assert.Equal(0, ForgetUploads(store, HourUs));
        Assert.Equal(0, ForgetUploads(store, HourUs + DayUs - 1));
        Assert.Equal(upload.Parts.Count, ForgetUploads(store, HourUs + DayUs));
        AssertHolds(store, upload, false);
        AssertHolds(store, committed, true);
        Assert.Equal(0, ForgetUploads(store, 10 * DayUs));
        AssertHolds(store, committed, true);
    }

    [Fact]
    public void An_old_upload_is_found_however_often_it_was_found_too_young_and_however_long_there_was_no_look()
    {
        using var store = Open();
        AddShare(store);
        Put(store, Chunks(3, 1));
        ForgetUploads(store, HourUs);
        ForgetUploads(store, 2 * HourUs);
        Assert.Equal(4, ForgetUploads(store, 10 * DayUs));
    }

    [Fact]
    public void What_was_committed_in_time_stays_whenever_it_was_uploaded()
    {
        using var store = Open();
        var share = AddShare(store);
        var content = Chunks(3, 1);
        Put(store, content);
        ForgetUploads(store, HourUs);
        ForgetUploads(store, 20 * HourUs);
        using (var transaction = store.Begin())
        {
            Commit(transaction, share, 0, new TreeEntry(RelativePath.Parse("a"), EntryState.File(content.Content), 1));
            transaction.Commit();
        }
        foreach (var day in (long[])[2, 3, 4])
            Assert.Equal(0, ForgetUploads(store, day * DayUs));
        AssertHolds(store, content, true);
    }

    [Fact]
    public void A_part_that_a_commit_shares_with_an_upload_stays()
    {
        using var store = Open();
        var share = AddShare(store);
        var (whole, start) = (Chunks(4, 1), Chunks(2, 1));
        Assert.Subset(whole.Chunks.ToHashSet(), start.Chunks.ToHashSet());
        Put(store, whole);
        Put(store, start);
        using (var transaction = store.Begin())
        {
            Commit(transaction, share, 0, new TreeEntry(RelativePath.Parse("a"), EntryState.File(start.Content), 1));
            transaction.Commit();
        }
        ForgetUploads(store, HourUs);
        Assert.Equal(3, ForgetUploads(store, 2 * DayUs));
        AssertHolds(store, start, true);
    }

    [Fact]
    public void A_whole_upload_that_is_young_keeps_the_parts_of_an_older_one_that_it_rests_on()
    {
        using var store = Open();
        AddShare(store);
        var (old, young) = (Chunks(2, 1), Chunks(4, 1));
        Put(store, old);
        ForgetUploads(store, HourUs);
        Put(store, young);
        // Only the node of the old one is in no use.
        Assert.Equal(1, ForgetUploads(store, HourUs + DayUs));
        AssertHolds(store, young, true);
    }

    [Fact]
    public void What_comes_after_something_was_forgotten_is_as_young_as_it_is()
    {
        using var store = Open();
        AddShare(store);
        Put(store, Chunks(3, 1));
        ForgetUploads(store, HourUs);
        ForgetUploads(store, 2 * HourUs);
        Assert.Equal(4, ForgetUploads(store, HourUs + DayUs));
        var young = Chunks(3, 2);
        Put(store, young);
        Assert.Equal(0, ForgetUploads(store, 2 * HourUs + DayUs));
        AssertHolds(store, young, true);
        Assert.Equal(0, ForgetUploads(store, 3 * HourUs + DayUs));
        Assert.Equal(4, ForgetUploads(store, 3 * HourUs + 2 * DayUs));
    }

    private static PartsOfContent Chunks(int count, int seed) => new(count, seed);

    private static int ForgetUploads(IShareStore store, long nowUs)
    {
        using var transaction = store.Begin();
        var count = transaction.ForgetUploads(nowUs, DayUs);
        transaction.Commit();
        return count;
    }

    private static void Put(IShareStore store, PartsOfContent content)
    {
        using var transaction = store.Begin();
        // As an upload does it: from the top.
        foreach (var part in content.Nodes.AsEnumerable().Reverse().Concat(content.Chunks))
            transaction.PutPart(part, content.Parts[part]);
        transaction.PutContent(content.Content);
        transaction.Commit();
    }

    private static void AssertHolds(IShareStore store, PartsOfContent content, bool isThere)
    {
        using var reader = store.OpenReader();
        using var snapshot = reader.Snapshot();
        Assert.All(content.Parts.Keys, part => Assert.Equal(isThere, snapshot.PartLength(part) is not null));
        Assert.Equal(isThere, snapshot.FindContent(content.Content.Root) is not null);
    }

    private static int AddShare(IShareStore store)
    {
        using var transaction = store.Begin();
        var share = transaction.AddShare("default", FirstEpoch);
        transaction.Commit();
        return share.Id;
    }

    private static TreeEntry FileAt(string path, string content, ulong version) =>
        new(RelativePath.Parse(path), EntryState.File(ContentRef.Of(System.Text.Encoding.UTF8.GetBytes(content))), version);

    private static LogRow Commit(IStoreTransaction transaction, int share, ulong head, params TreeEntry[] entries)
    {
        var changes = entries.Select(entry => new PathChange(entry.Path, 0, entry.State)).ToList();
        var commit = new CommitRecord(head + 1, 1, new PushId(new NodeId(5), head + 1), 0, ChangeSetDigest.Of(changes));
        var row = new LogRow(commit, CommitHash.Next(transaction.Head(share).Chain, commit), changes);
        Assert.True(transaction.Append(share, head, row));
        foreach (var entry in entries)
            transaction.Put(share, entry);
        return row;
    }
}
