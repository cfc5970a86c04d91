using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
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

    [Fact]
    public void Sets_are_split_at_each_limit_and_keep_their_order()
    {
        var small = Enumerable.Range(0, 2_500).Select(i => Made($"f{i}")).ToList();
        var byCount = ChangeSetSplitter.Split(small);
        Assert.True(byCount.Count >= 3);
        Assert.Equal(small, byCount.SelectMany(set => set));

        var inline = new byte[30_000];
        var large = Enumerable.Range(0, 10).Select(i => Made($"f{i}") with { To = EntryState.File(ContentRef.Of(inline)), Inline = inline });
        var byContent = ChangeSetSplitter.Split(large);
        Assert.Equal([3, 3, 3, 1], byContent.Select(set => set.Count));

        var name = string.Join('/', Enumerable.Repeat(new string('n', 255), 15));
        var byEncoding = ChangeSetSplitter.Split(Enumerable.Range(0, 100).Select(i => Gone($"{name}/{i}")));
        Assert.All(byCount.Concat(byContent).Concat(byEncoding), FitsPush);
        Assert.Empty(ChangeSetSplitter.Split([]));
    }

    [Fact]
    public void A_file_whose_bytes_do_not_ride_along_is_pushed_last_and_alone_unless_it_belongs_to_a_group()
    {
        var upload = Made("a") with { To = EntryState.File(new ContentRef(SomeContent.Hash, 1 << 20, SomeContent.Root)) };
        var kept = upload with { Path = RelativePath.Parse("b") };
        var sets = ChangeSetSplitter.SplitGroups([[upload], [Made("c"), kept], [Made("d")]]);
        Assert.Equal([["c", "b", "d"], ["a"]], sets.Select(set => set.Select(change => change.Path.ToString()).ToArray()));
    }

    private static void FitsPush(IReadOnlyList<PathChange> changes)
    {
        var push = new PushRequest(new PushId(default, ulong.MaxValue), new string('s', 64), default, ulong.MaxValue, ChangeSetDigest.Of(changes), changes)
        {
            SettledThrough = ulong.MaxValue,
        };
        Assert.InRange(push.ToMessage().CalculateSize(), 1, Limits.MessageBytesMax);
        Assert.True(RequestReader.TryRead(push.ToMessage(), out _, out var reason), reason);
    }

    private static PathChange Gone(string path) => new(RelativePath.Parse(path), ulong.MaxValue, EntryState.Absent);

    private static PathChange Made(string path) => new(RelativePath.Parse(path), ulong.MaxValue, EntryState.Folder);
}
