using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Xunit;

namespace Actors.Messages.Tests.Changes;

public sealed class ChangeSetTests
{
    private static readonly ContentRef SomeContent = ContentRef.Of("hello"u8);

    [Fact]
    public void The_digest_depends_on_everything_but_the_inline_content()
    {
        var change = new PathChange(RelativePath.Parse("a"), 3, EntryState.File(SomeContent));
        var digest = ChangeSetDigest.Of([change]);
        Assert.Equal(digest, ChangeSetDigest.Of([change with { Inline = "hello"u8.ToArray() }]));
        PathChange[] others =
        [
            change with { Path = RelativePath.Parse("b") }, change with { Base = 4 }, change with { To = EntryState.Folder },
            change with { To = EntryState.Absent }, change with { SnapshotOfOpenFile = true },
            change with { To = EntryState.File(ContentRef.Empty) }, change with { To = EntryState.File(SomeContent with { Size = 6 }) },
        ];
        Assert.All(others, other => Assert.NotEqual(digest, ChangeSetDigest.Of([other])));
        Assert.Equal(others.Length + 1, others.Append(change).Select(other => ChangeSetDigest.Of([other])).Distinct().Count());
        Assert.NotEqual(ChangeSetDigest.Of([change, others[0]]), ChangeSetDigest.Of([others[0], change]));
    }

    [Fact]
    public void The_chain_depends_on_everything()
    {
        var record = new CommitRecord(1, 2, new PushId(new NodeId(3), 4), 5, SomeContent.Hash);
        CommitRecord[] others =
        [
            record with { Sequence = 9 }, record with { Author = 9 }, record with { Push = new PushId(new NodeId(9), 4) },
            record with { Push = new PushId(new NodeId(3), 9) }, record with { CommittedAtUs = 9 }, record with { Changes = default },
        ];
        var hash = CommitHash.Next(CommitHash.Genesis, record);
        Assert.All(others, other => Assert.NotEqual(hash, CommitHash.Next(CommitHash.Genesis, other)));
        Assert.NotEqual(hash, CommitHash.Next(hash, record));
    }

    [Fact]
    public void Removals_come_first_with_children_before_parents_and_then_creations_with_parents_before_children()
    {
        PathChange[] changes =
        [
            Gone("a"), Made("b/c"), Gone("a/x/y"), Made("b"), Gone("a/x"), Gone("a-b"),
        ];
        var sorted = changes.Order(ChangeOrder.Instance).Select(change => change.Path.ToString());
        Assert.Equal(["a/x/y", "a/x", "a-b", "a", "b", "b/c"], sorted);
    }

    private static PathChange Gone(string path) => new(RelativePath.Parse(path), ulong.MaxValue, EntryState.Absent);

    private static PathChange Made(string path) => new(RelativePath.Parse(path), ulong.MaxValue, EntryState.Folder);
}
