using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.FileSystem;

public sealed class InotifySourceTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _files;
    private readonly SemaphoreSlim _signals = new(0);
    private readonly IWatchSource _source;
    private readonly Dictionary<string, bool> _seen = [];

    public InotifySourceTests()
    {
        _files = LinuxFileSystem.Open(_directory.Path);
        _source = _files.Watch(() => _signals.Release());
        Assert.Equal(WatchOutcome.Watched, _source.Add(RelativePath.Root));
    }

    public void Dispose()
    {
        _source.Dispose();
        _files.Dispose();
        _directory.Dispose();
        _signals.Dispose();
    }

    [Fact]
    public async Task A_file_that_is_written_and_closed_is_finished()
    {
        _directory.Write("a", "text");
        await SeeAsync("a", finished: true);
    }

    [Fact]
    public async Task A_file_that_is_still_open_is_not_finished()
    {
        await using (var stream = File.Create(_directory["a"]))
        {
            await SeeAsync("a", finished: false);
        }
        await SeeAsync("a", finished: true);
    }

    [Fact]
    public async Task Changes_come_in_the_order_in_which_they_were_completed()
    {
        _directory.Write("a", "1");
        _directory.Write("b", "1");
        _directory.Write("c", "1");
        _source.Harvest();
        await using (var stream = File.Create(_directory["a"]))
        {
            _directory.Write("b", "2");
            File.Move(_directory["c"], _directory["d"]);
            _directory.Write("b", "3");
        }
        File.SetUnixFileMode(_directory["d"], UnixFileMode.UserRead);
        Assert.Equal(["c", "d", "b", "a"], _source.Harvest().Changes.Where(change => change.Completed).Select(change => change.Path.ToString()));
    }

    [Fact]
    public async Task Renames_name_both_ends()
    {
        _directory.Write("a", "text");
        await SeeAsync("a", finished: true);
        _seen.Clear();
        File.Move(_directory["a"], _directory["b"]);
        await SeeAsync("a", finished: true);
        await SeeAsync("b", finished: true);
    }

    [Fact]
    public async Task A_directory_that_was_moved_is_reported_under_its_new_name_only()
    {
        Directory.CreateDirectory(_directory["old/sub"]);
        Assert.Equal(WatchOutcome.Watched, _source.Add(P("old")));
        Assert.Equal(WatchOutcome.Watched, _source.Add(P("old/sub")));
        Directory.Move(_directory["old"], _directory["new"]);
        await SeeAsync("new", finished: true);
        Assert.Equal(WatchOutcome.Watched, _source.Add(P("new")));
        Assert.Equal(WatchOutcome.Watched, _source.Add(P("new/sub")));
        _seen.Clear();
        _directory.Write("new/sub/a", "text");
        await SeeAsync("new/sub/a", finished: true);
        Assert.DoesNotContain(_seen.Keys, path => path.StartsWith("old"));
    }

    [Fact]
    public async Task A_directory_watched_under_its_new_name_keeps_that_name()
    {
        Directory.CreateDirectory(_directory["old"]);
        Assert.Equal(WatchOutcome.Watched, _source.Add(P("old")));
        Directory.Move(_directory["old"], _directory["new"]);
        // Before the events of the move are harvested, as a scan would do it.
        Assert.Equal(WatchOutcome.Watched, _source.Add(P("new")));
        _directory.Write("new/a", "text");
        await SeeAsync("new/a", finished: true);
    }

    [Fact]
    public async Task Many_changes_of_one_path_are_one_until_they_are_harvested()
    {
        for (var i = 0; i < 100; i++)
            _directory.Write("a", $"text {i}");
        _directory.Write("last", "");
        Assert.True(await _signals.WaitAsync(Patience));
        await SeeAsync("last", finished: true, signalled: true);
        Assert.Equal(2, _seen.Count);
    }

    [Fact]
    public void A_directory_that_is_gone_cannot_be_watched()
    {
        Assert.Equal(WatchOutcome.Gone, _source.Add(P("gone")));
        _directory.Write("file", "");
        Assert.Equal(WatchOutcome.Gone, _source.Add(P("file")));
    }

    private static RelativePath P(string path) => RelativePath.Parse(path);

    /// <summary>Harvests until the path was seen, with that flag.</summary>
    private async Task SeeAsync(string path, bool finished, bool signalled = false)
    {
        while (true)
        {
            foreach (var change in _source.Harvest().Changes)
                _seen[change.Path.ToString()] = change.Finished;
            if (_seen.TryGetValue(path, out var seen) && seen == finished)
                return;
            if (!signalled)
                Assert.True(await _signals.WaitAsync(Patience), $"nothing more was seen after {string.Join(", ", _seen.Keys)}");
            signalled = false;
        }
    }
}
