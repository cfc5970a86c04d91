using Actors.Client.Content;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Storage;
using Actors.Client.Tests.FileSystem;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Content;

public sealed class ContentOffersTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _files;
    private readonly ContentOffers _offers;

    public ContentOffersTests()
    {
        _files = LinuxFileSystem.Open(_directory.Path);
        _files.MakeDirectory(ReplicaLayout.Own);
        _files.MakeDirectory(ReplicaLayout.Staging);
        _offers = new ContentOffers(_files);
    }

    public void Dispose()
    {
        _offers.Dispose();
        _files.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Every_part_is_found_by_its_hash_and_place()
    {
        var mine = Put("a", 3 * Limits.ChunkBytes + 1);
        _offers.Add(Push(1, ("a", mine)));
        for (var i = 0; i < mine.Chunks.Count; i++)
            Assert.Equal(mine.Parts[mine.Chunks[i]], _offers.Find(mine.Chunks[i], mine.Content.Root, i * (long)Limits.ChunkBytes, isNode: false));
        Assert.Equal(mine.Parts[mine.Nodes[0]], _offers.Find(mine.Nodes[0], mine.Content.Root, 0, isNode: true));
    }

    [Fact]
    public void Nodes_that_a_broken_disk_did_not_let_go_leave_the_staging_area_with_the_push()
    {
        var faulty = new FaultyFileSystem(_files) { Failing = (call, path) => call is "write" or "unlink" && path.IsReserved ? FileFault.Damaged : FileFault.None };
        using var offers = new ContentOffers(faulty);
        var mine = Put("a", 3 * Limits.ChunkBytes + 1);
        offers.Add(Push(1, ("a", mine)));
        Assert.Null(offers.Find(mine.Nodes[0], mine.Content.Root, 0, isNode: true));
        faulty.Failing = (_, _) => FileFault.None;
        offers.Remove(1);
        Assert.Empty(_files.List(ReplicaLayout.Staging)!);
    }

    [Fact]
    public void A_part_is_found_without_the_help_of_the_root()
    {
        var first = Put("a", 100);
        var second = Put("b", 2 * Limits.ChunkBytes, seed: 2);
        _offers.Add(Push(1, ("a", first), ("b", second)));
        Assert.Equal(second.Parts[second.Chunks[1]], _offers.Find(second.Chunks[1], null, Limits.ChunkBytes, isNode: false));
        Assert.Equal(first.Bytes, _offers.Find(first.Chunks[0], null, 0, isNode: false));
    }

    [Fact]
    public void Bytes_that_have_changed_since_are_not_there_any_more()
    {
        var mine = Put("a", 2 * Limits.ChunkBytes);
        _offers.Add(Push(1, ("a", mine)));
        Put("a", 2 * Limits.ChunkBytes, seed: 2);
        Assert.Null(_offers.Find(mine.Chunks[0], mine.Content.Root, 0, isNode: false));
        Assert.Null(_offers.Find(mine.Nodes[0], mine.Content.Root, 0, isNode: true));
    }

    [Fact]
    public void What_has_changed_under_one_name_is_found_under_another()
    {
        var mine = Put("a", 2 * Limits.ChunkBytes);
        Put("b", 2 * Limits.ChunkBytes);
        _offers.Add(Push(1, ("a", mine)));
        _offers.Add(Push(2, ("b", mine)));
        File.Delete(_directory["a"]);
        Assert.Equal(mine.Parts[mine.Chunks[1]], _offers.Find(mine.Chunks[1], mine.Content.Root, Limits.ChunkBytes, isNode: false));
    }

    [Fact]
    public void A_place_beyond_the_content_holds_nothing()
    {
        var mine = Put("a", 100);
        _offers.Add(Push(1, ("a", mine)));
        Assert.Null(_offers.Find(mine.Chunks[0], mine.Content.Root, 101, isNode: false));
    }

    [Fact]
    public void A_log_that_has_grown_since_still_holds_what_it_was()
    {
        var mine = Put("log", 2 * Limits.ChunkBytes + 7);
        _offers.Add(Push(1, ("log", mine)));
        using (var log = File.Open(_directory["log"], FileMode.Append))
            log.Write(new byte[100]);
        Assert.Equal(mine.Parts[mine.Nodes[0]], _offers.Find(mine.Nodes[0], mine.Content.Root, 0, isNode: true));
        Assert.Equal(mine.Parts[mine.Chunks[2]], _offers.Find(mine.Chunks[2], mine.Content.Root, 2 * Limits.ChunkBytes, isNode: false));
    }

    [Fact]
    public void Content_of_one_chunk_has_no_nodes()
    {
        var mine = Put("a", 100);
        _offers.Add(Push(1, ("a", mine)));
        Assert.Null(_offers.Find(mine.Chunks[0], mine.Content.Root, 0, isNode: true));
    }

    [Fact]
    public void What_served_an_offer_goes_with_it()
    {
        var mine = Put("a", 2 * Limits.ChunkBytes);
        _offers.Add(Push(1, ("a", mine)));
        Assert.NotNull(_offers.Find(mine.Nodes[0], mine.Content.Root, 0, isNode: true));
        Assert.Single(Directory.GetFiles(_directory[".actors/staging"]));
        _offers.Remove(1);
        Assert.Empty(Directory.GetFiles(_directory[".actors/staging"]));
        Assert.Null(_offers.Find(mine.Nodes[0], mine.Content.Root, 0, isNode: true));
    }

    private PartsOfContent Put(string path, int bytes, int seed = 1)
    {
        var content = new PartsOfContent(bytes, seed);
        File.WriteAllBytes(_directory[path], content.Bytes);
        return content;
    }

    private static StoredPush Push(ulong counter, params (string Path, PartsOfContent Content)[] files)
    {
        PathChange[] changes = [.. files.Select(file => new PathChange(RelativePath.Parse(file.Path), 0, EntryState.File(file.Content.Content)))];
        return new StoredPush(counter, ChangeSetDigest.Of(changes), changes);
    }
}
