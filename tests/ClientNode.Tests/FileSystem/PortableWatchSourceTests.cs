using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Portable;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.FileSystem;

public sealed class PortableWatchSourceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TempDirectory _directory = new();
    private readonly SemaphoreSlim _signals = new(0);
    private readonly HashSet<string> _seen = [];
    private readonly PortableFileSystem _files;
    private PortableWatchSource? _source;

    public PortableWatchSourceTests() => _files = PortableFileSystem.Open(_directory.Path);

    public void Dispose()
    {
        _source?.Dispose();
        _directory.Dispose();
        _signals.Dispose();
    }

    [Fact]
    public async Task Changes_anywhere_below_the_root_are_seen()
    {
        _directory.Write("old/sub/a", "text");
        Start();
        _directory.Write("b", "text");
        await SeeAsync("b");
        _directory.Write("old/sub/a", "other");
        await SeeAsync("old/sub/a");
        File.Delete(_directory["b"]);
        _seen.Clear();
        await SeeAsync("b");
    }

    [Fact]
    public async Task Renames_name_both_ends()
    {
        _directory.Write("a", "text");
        Start();
        File.Move(_directory["a"], _directory["b"]);
        await SeeAsync("a", "b");
    }

    [Fact]
    public async Task A_directory_that_is_heard_of_is_watched()
    {
        Start();
        Directory.CreateDirectory(_directory["new"]);
        await SeeAsync("new");
        Assert.Equal(WatchOutcome.Watched, _source!.Add(RelativePath.Parse("new")));
        _directory.Write("new/a", "text");
        await SeeAsync("new/a");
    }

    [Fact]
    public async Task More_changes_than_are_kept_are_an_overflow()
    {
        Start(pathsMax: 0);
        _directory.Write("a", "");
        while (!_source!.Harvest().Overflowed)
            Assert.True(await _signals.WaitAsync(Patience));
    }

    [Fact]
    public void Where_nothing_can_be_watched_every_directory_says_so()
    {
        Directory.Delete(_directory.Path);
        Start();
        Directory.CreateDirectory(_directory["d"]);
        Assert.Equal(WatchOutcome.OutOfWatches, _source!.Add(RelativePath.Root));
        Assert.Equal(WatchOutcome.OutOfWatches, _source.Add(RelativePath.Parse("d")));
    }

    [Fact]
    public void A_directory_that_is_gone_cannot_be_watched()
    {
        Start();
        _directory.Write("file", "");
        Assert.Equal(WatchOutcome.Gone, _source!.Add(RelativePath.Parse("gone")));
        Assert.Equal(WatchOutcome.Gone, _source.Add(RelativePath.Parse("file")));
    }

    private void Start(int pathsMax = ChangeGatherer.PathsMax)
    {
        _source = PortableWatchSource.Start(_files, _directory.Path, () => _signals.Release(), pathsMax);
    }

    private async Task SeeAsync(params string[] paths)
    {
        while (true)
        {
            var harvest = _source!.Harvest();
            Assert.False(harvest.Overflowed);
            _seen.UnionWith(harvest.Changes.Select(change => change.Path.ToString()));
            if (_seen.IsSupersetOf(paths))
                return;
            Assert.True(await _signals.WaitAsync(Patience), $"nothing more was seen after {string.Join(", ", _seen)}");
        }
    }
}
