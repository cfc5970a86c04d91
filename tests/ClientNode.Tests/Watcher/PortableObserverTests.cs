using Actors.Client.Cache;
using Actors.Client.FileSystem.Portable;
using Actors.Client.Tests.FileSystem;
using Actors.Client.Watcher;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Watcher;

/// <summary>Where the file system does not tell who writes.</summary>
public sealed class PortableObserverTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly PortableFileSystem _files;
    private readonly TestClock _clock = new();
    private readonly DiskObserver _observer;

    public PortableObserverTests()
    {
        _files = PortableFileSystem.Open(_directory.Path);
        _observer = new DiskObserver(_files, _files.Probe(RelativePath.Root), _clock, new ObserverOptions(), () => { });
        _observer.Scan();
        Drain();
    }

    public void Dispose()
    {
        _observer.Dispose();
        _files.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_changed_file_is_left_alone_until_it_has_settled()
    {
        _directory.Write("a", "half");
        File.SetLastWriteTimeUtc(_directory["a"], _clock.GetUtcNow().UtcDateTime);
        Assert.IsType<Observation.Busy>(Look("a"));
        _clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Empty(Drain());
        _clock.Advance(TimeSpan.FromMilliseconds(400));
        var seen = Assert.IsType<Observation.Content>(Assert.Single(Drain()));
        Assert.Equal(ContentRef.Of("half"u8), seen.File.Content);
        Assert.False(seen.IsStillOpen);
    }

    [Fact]
    public void A_file_that_never_settles_is_taken_when_patience_runs_out_and_marked()
    {
        _directory.Write("log", "line\n");
        var seen = new List<Observation>();
        var start = _clock.GetTimestamp();
        _observer.Look(RelativePath.Parse("log"));
        for (var i = 0; i < 40 && seen.LastOrDefault() is not Observation.Content; i++)
        {
            File.SetLastWriteTimeUtc(_directory["log"], _clock.GetUtcNow().UtcDateTime);
            seen.AddRange(Drain());
            _clock.Advance(TimeSpan.FromMilliseconds(300));
        }
        Assert.True(Assert.IsType<Observation.Content>(seen[^1]).IsStillOpen);
        Assert.All(seen.SkipLast(1), item => Assert.IsType<Observation.Busy>(item));
        Assert.InRange(_clock.GetElapsedTime(start).TotalSeconds, 10, 11);
    }

    [Fact]
    public void A_pipe_is_held_and_not_taken_for_an_empty_file()
    {
        _directory.MakePipe("pipe");
        Assert.Equal("only files and directories are synced", Assert.IsType<Observation.Unfit>(Look("pipe")).Reason);
    }

    [Fact]
    public void Names_that_are_no_text_are_counted_once_however_often_they_are_listed()
    {
        _directory.WriteOddName();
        for (var i = 0; i < 3; i++)
        {
            _observer.Scan();
            Drain();
            Assert.Equal(1, _observer.Unnameable);
        }
    }

    private Observation Look(string path)
    {
        _observer.Look(RelativePath.Parse(path));
        return Assert.Single(Drain());
    }

    private List<Observation> Drain()
    {
        var seen = new List<Observation>();
        while (_observer.HasWork)
            seen.AddRange(_observer.Next(10));
        return seen;
    }
}
