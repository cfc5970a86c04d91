using Actors.Client.Cache;
using Actors.Client.Content;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Tests.FileSystem;
using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Content;

/// <summary>Content that is zeros for the most part, as that of a disk image is: zeros that are not written take no room.</summary>
public sealed class SparseContentTests : IDisposable
{
    private const int Chunks = 40;

    private readonly TempDirectory _directory = new();
    private readonly FaultyFileSystem _files;
    private readonly PartsOfContent _theirs = PartsOfContent.Sparse(Chunks * Limits.ChunkBytes + 5, dataAt: 7 * Limits.ChunkBytes);

    public SparseContentTests()
    {
        _files = new FaultyFileSystem(LinuxFileSystem.Open(_directory.Path));
        _files.MakeDirectory(ReplicaLayout.Own);
        _files.MakeDirectory(ReplicaLayout.Staging);
    }

    public void Dispose()
    {
        _files.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Zeros_are_not_written()
    {
        using var fetch = Begin();
        Take(fetch);
        Assert.Equal(Limits.ChunkBytes, _files.BytesWritten);
        Assert.Equal(_theirs.Bytes, File.ReadAllBytes(PartOf(fetch)));
    }

    [Fact]
    public void Zeros_are_written_over_what_an_earlier_try_has_left_in_their_place()
    {
        using (var earlier = Begin())
            File.WriteAllBytes(PartOf(earlier), [.. Enumerable.Repeat((byte)1, 3 * Limits.ChunkBytes)]);
        using var fetch = Begin();
        Take(fetch);
        Assert.Equal(4 * Limits.ChunkBytes, _files.BytesWritten);
        Assert.Equal(_theirs.Bytes, File.ReadAllBytes(PartOf(fetch)));
    }

    [Fact]
    public void Holes_that_an_earlier_try_has_left_stay_holes()
    {
        using (var earlier = Begin())
            Take(earlier);
        var written = _files.BytesWritten;
        using var fetch = Begin();
        Take(fetch);
        Assert.InRange(_files.BytesWritten - written, 0, Limits.ChunkBytes);
    }

    private ContentFetch Begin() =>
        new(_files, new WantedContent(new TreeEntry(RelativePath.Parse("image"), EntryState.File(_theirs.Content), 1), 1));

    private string PartOf(ContentFetch fetch) => _directory[$".actors/staging/{fetch.Name}"];

    private void Take(ContentFetch fetch)
    {
        while (fetch.TryNext(out var want))
            Assert.Equal(ChunkAcceptance.Accepted, fetch.Accept(want.Hash, _theirs.Parts[want.Hash]));
        Assert.True(fetch.IsComplete);
        Assert.True(fetch.Finish());
    }
}
