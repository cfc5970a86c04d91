using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

public sealed class SeenFilesTests
{
    private readonly SeenFiles _seen = new();

    [Fact]
    public void Names_of_one_file_that_were_seen_when_it_was_another_are_told_whichever_is_read_first()
    {
        foreach (var name in (string[])["a", "b", "c"])
            See(name, inode: 7, size: 1);
        See("other", inode: 8, size: 1);
        foreach (var read in (string[])["a", "b", "c"])
        {
            var others = new[] { "a", "b", "c" }.Where(name => name != read);
            Assert.Equal(others, Changed(read, inode: 7, size: 2));
        }
        See("b", inode: 7, size: 2);
        Assert.Equal(["a", "c"], Changed("b", inode: 7, size: 2));
        Assert.Equal(["c"], Changed("a", inode: 7, size: 2));
    }

    [Fact]
    public void A_name_that_went_or_leads_to_another_file_does_not_count()
    {
        foreach (var name in (string[])["a", "b", "c"])
            See(name, inode: 7, size: 1);
        Assert.True(_seen.Remove(P("a")));
        See("b", inode: 9, size: 1);
        Assert.Empty(Changed("c", inode: 7, size: 2));
        See("a", inode: 7, size: 1);
        Assert.Equal(["a"], Changed("c", inode: 7, size: 2));
    }

    [Fact]
    public void Where_files_have_no_numbers_none_has_other_names()
    {
        See("a", inode: 0, size: 1);
        See("b", inode: 0, size: 1);
        Assert.Empty(Changed("a", inode: 0, size: 2));
        Assert.True(_seen.Remove(P("a")));
    }

    [Fact]
    public void Each_has_its_turn_within_so_many_calls()
    {
        for (var number = 0; number < 130; number++)
            See($"f{number}", inode: (ulong)number + 1, size: 1);
        var turns = Enumerable.Range(0, 60).SelectMany(_ => _seen.TakeTurn(60)).ToList();
        Assert.Equal(130, turns.Distinct().Count());
    }

    [Fact]
    public void Of_very_many_no_more_have_their_turn_at_once_than_cost_little()
    {
        for (var number = 0; number < 100_000; number++)
            See($"f{number}", inode: (ulong)number + 1, size: 1);
        Assert.Equal(500, _seen.TakeTurn(60).Count);
    }

    private void See(string name, ulong inode, long size) => _seen[P(name)] = new SeenFile(Signature(inode, size), C("text"), true);

    private IEnumerable<string> Changed(string name, ulong inode, long size) =>
        _seen.ChangedWith(P(name), Signature(inode, size)).Select(path => path.ToString()).Order(StringComparer.Ordinal);

    private static FileSignature Signature(ulong inode, long size) => new(inode, size, 0, 0);
}
