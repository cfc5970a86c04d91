using Actors.Client.Cache;
using Actors.Client.Planning;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.Tree;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

public sealed class ProposalOrderTests
{
    [Fact]
    public void Proposals_come_in_the_order_of_their_places_and_those_without_one_first()
    {
        Assert.Equal("free b a", Arrange([Write("a"), Write("b"), Write("free")], ("a", 2), ("b", 1)));
    }

    [Fact]
    public void A_directory_comes_no_later_than_what_is_in_it()
    {
        Assert.Equal("d d/e d/e/f a", Arrange([Write("a"), Make("d"), Make("d/e"), Write("d/e/f")], ("a", 2), ("d", 4), ("d/e", 3), ("d/e/f", 1)));
    }

    [Fact]
    public void A_directory_goes_no_earlier_than_what_is_in_it()
    {
        Assert.Equal("a d/e/f d/e d", Arrange([Remove("d/e/f"), Remove("d/e"), Remove("d"), Write("a")], ("d", 1), ("d/e", 2), ("d/e/f", 4), ("a", 3)));
    }

    [Fact]
    public void A_file_takes_the_place_of_a_directory_when_that_is_empty()
    {
        Assert.Equal("a d/f d", Arrange([Remove("d/f"), Write("d"), Write("a")], ("d", 1), ("d/f", 3), ("a", 2)));
    }

    [Fact]
    public void Sets_keep_to_the_limits_and_to_the_order()
    {
        var small = ContentOf(Limits.InlineBytesMax / 2);
        var sets = PushSets.Cut([Write("a", small), Write("b", small), Write("c", small), Write("d", small)], uploadsApart: true);
        Assert.Equal(["a b", "c d"], sets.Select(Text));
    }

    [Fact]
    public void What_has_to_be_uploaded_travels_apart_from_what_does_not_and_not_too_much_of_it_together()
    {
        const int mebibyte = 1024 * 1024;
        var sets = PushSets.Cut(
            [
                Write("a"), Write("b", ContentOf(mebibyte)), Write("c", ContentOf(14 * mebibyte)), Write("d", ContentOf(2 * mebibyte)), Write("e"), Write("f"),
                Write("g", ContentOf(100 * mebibyte)), Write("h"),
            ], uploadsApart: true);
        Assert.Equal(["a", "b c", "d", "e f", "g", "h"], sets.Select(Text));
    }

    private static string Arrange(IReadOnlyList<Propose> proposals, params (string Path, long Place)[] places)
    {
        var byPath = places.ToDictionary(item => P(item.Path), item => item.Place);
        return Text(ProposalOrder.Arrange(proposals, path => byPath.TryGetValue(path, out var place) ? place : null).Select(item => item.Proposal));
    }

    private static string Text(IEnumerable<Propose> proposals) => string.Join(' ', proposals.Select(proposal => proposal.Path));

    private static ContentRef ContentOf(long size) => C("x") with { Size = size };

    private static Propose Write(string path, ContentRef? content = null) => new(new PathChange(P(path), 1, EntryState.File(content ?? C(path))), null);

    private static Propose Make(string path) => new(new PathChange(P(path), 0, EntryState.Folder), null);

    private static Propose Remove(string path) => new(new PathChange(P(path), 1, EntryState.Absent), null);
}
