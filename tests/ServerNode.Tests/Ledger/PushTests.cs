using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Server.Ledger;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Ledger;

/// <summary>What the base check and the shape of the tree allow.</summary>
public sealed class PushTests : IDisposable
{
    private readonly LedgerRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void A_commit_gets_the_next_number_and_extends_the_chain()
    {
        var session = _rig.Join(7);
        Assert.Equal(1UL, _rig.Commit(session, 1, FileAt("a", "1")));
        var first = _rig.Head.Chain;
        Assert.Equal(2UL, _rig.Commit(session, 2, FileAt("a", "2", based: 1)));
        var rows = _rig.Read(snapshot => snapshot.ReadLog(_rig.Share, 0, 10));
        Assert.Equal(first, rows[0].Chain);
        Assert.Equal(CommitHash.Next(first, rows[1].Commit), _rig.Head.Chain);
        Assert.Equal(1U, _rig.Find("a")!.Author);
        Assert.Equal(_rig.NowUs, _rig.Find("a")!.CommittedAtUs);
    }

    [Fact]
    public void A_change_on_another_base_is_refused_with_the_current_entry()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        _rig.Commit(session, 2, FileAt("a", "2", based: 1));
        var rejected = Assert.IsType<LedgerResult.Rejected>(_rig.Push(session, 3, FileAt("a", "3", based: 1), FileAt("b", "3")));
        Assert.Equal(PushRejection.Stale, rejected.Reason);
        Assert.Equal(("a", 2UL), (rejected.Current.Single().Path.ToString(), rejected.Current.Single().Version));
        Assert.Null(_rig.Find("b"));
    }

    [Fact]
    public void The_same_content_on_a_stale_base_is_refused_too()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        Assert.Equal(PushRejection.Stale, _rig.Rejection(session, 2, FileAt("a", "1")));
    }

    [Fact]
    public void An_edit_survives_a_deletion()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        _rig.Commit(session, 2, Gone("a", 1));
        Assert.Equal(3UL, _rig.Commit(session, 3, FileAt("a", "2", based: 1)));
    }

    [Fact]
    public void A_deletion_of_what_was_edited_is_refused()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        _rig.Commit(session, 2, FileAt("a", "2", based: 1));
        Assert.Equal(PushRejection.Stale, _rig.Rejection(session, 3, Gone("a", 1)));
    }

    [Fact]
    public void A_live_path_needs_live_directories_above()
    {
        var session = _rig.Join(7);
        var rejected = Assert.IsType<LedgerResult.Rejected>(_rig.Push(session, 1, FileAt("d/e/f", "1")));
        Assert.Equal(PushRejection.Stale, rejected.Reason);
        Assert.Equal(new TreeEntry(RelativePath.Parse("d/e"), EntryState.Absent, 0), rejected.Current[1]);
        Assert.Equal("d", rejected.Current[0].Path.ToString());
        Assert.Equal(1UL, _rig.Commit(session, 2, FileAt("d/e/f", "1"), FolderAt("d/e"), FolderAt("d")));
    }

    [Fact]
    public void A_path_below_a_file_is_refused_with_the_file()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("d", "1"));
        var rejected = Assert.IsType<LedgerResult.Rejected>(_rig.Push(session, 2, FileAt("d/f", "1")));
        Assert.True(Assert.Single(rejected.Current).State.IsFile);
    }

    [Fact]
    public void A_directory_that_still_holds_something_is_not_taken_away()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FolderAt("d"), FolderAt("d/e"), FileAt("d/e/f", "1"), FileAt("d0", "1"));
        var rejected = Assert.IsType<LedgerResult.Rejected>(_rig.Push(session, 2, Gone("d", 1), Gone("d/e", 1)));
        Assert.Equal(["d/e/f"], rejected.Current.Select(entry => entry.Path.ToString()));
        Assert.Equal(PushRejection.Stale, _rig.Rejection(session, 3, FileAt("d", "x", based: 1), Gone("d/e", 1)));
        Assert.Equal(2UL, _rig.Commit(session, 4, Gone("d", 1), Gone("d/e", 1), Gone("d/e/f", 1)));
    }

    [Fact]
    public void The_survivors_that_a_refusal_names_are_bounded()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, [FolderAt("d"), .. Enumerable.Range(0, 500).Select(i => FileAt($"d/{i}", ""))]);
        var rejected = Assert.IsType<LedgerResult.Rejected>(_rig.Push(session, 2, Gone("d", 1)));
        Assert.InRange(rejected.Current.Count, 1, PushJudge.DescendantsNamedMax + 1);
    }

    [Fact]
    public void A_directory_becomes_a_file_and_a_file_a_directory()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FolderAt("d"), FileAt("d/f", "1"), FileAt("g", "1"));
        _rig.Commit(session, 2, FileAt("d", "x", based: 1), Gone("d/f", 1), FolderAt("g", 1), FileAt("g/h", "1"));
        Assert.True(_rig.Find("d")!.State.IsFile);
        Assert.True(_rig.Find("g/h")!.State.IsFile);
    }

    [Fact]
    public void A_push_that_contradicts_itself_is_malformed()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FolderAt("d"));
        Assert.Equal(PushRejection.Malformed, _rig.Rejection(session, 2, Gone("d", 1), FileAt("d/f", "1")));
        Assert.Equal(PushRejection.Malformed, _rig.Rejection(session, 2, FileAt("d", "", 1), FileAt("d/f", "1")));
    }

    [Fact]
    public void A_file_whose_content_is_not_here_waits_for_it()
    {
        var session = _rig.Join(7);
        var small = FileAt("a", "text") with { Inline = null };
        var large = FileAt("b", new string('x', 200_000)) with { Inline = null };
        var waiting = Assert.IsType<LedgerResult.ContentAwaited>(_rig.Push(session, 1, small, large, FileAt("c", "inline"), FileAt("e", "") with { Inline = null }));
        Assert.Equal([small.To.Content, large.To.Content], waiting.Missing);
        using (var transaction = _rig.Store.Begin())
        {
            transaction.PutPart(small.To.Content.Hash, "text"u8);
            transaction.PutContent(large.To.Content);
            transaction.Commit();
        }
        Assert.Equal(1UL, _rig.Commit(session, 1, small, large, FileAt("c", "inline"), FileAt("e", "") with { Inline = null }));
        Assert.Empty(_rig.Read(snapshot => snapshot.ReadPart(ContentRef.Empty.Hash))!);
    }

    [Fact]
    public void A_stale_push_is_refused_before_its_content_is_asked_for()
    {
        var session = _rig.Join(7);
        _rig.Commit(session, 1, FileAt("a", "1"));
        Assert.Equal(PushRejection.Stale, _rig.Rejection(session, 2, FileAt("a", "2") with { Inline = null }));
    }

    [Fact]
    public void A_known_part_with_another_size_does_not_count_as_the_content()
    {
        var session = _rig.Join(7);
        var content = ContentRef.Of("text"u8);
        _rig.Commit(session, 1, FileAt("a", "text"));
        var lying = FileAt("b", "text") with { Inline = null, To = EntryState.File(content with { Size = 5 }) };
        Assert.IsType<LedgerResult.ContentAwaited>(_rig.Push(session, 2, lying));
    }
}
