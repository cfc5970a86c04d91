using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Tests.FileSystem;
using Actors.Client.Watcher;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Watcher;

/// <summary>Files of another user: the kernel does not say whether they are open for writing.</summary>
public sealed class OtherUserTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly FaultyFileSystem _files;
    private readonly TestClock _clock = new();
    private readonly DiskObserver _observer;

    public OtherUserTests()
    {
        _files = new FaultyFileSystem(LinuxFileSystem.Open(_directory.Path)) { HidesWriters = path => path.Name.StartsWith("their"u8) };
        _files.MakeDirectory(ReplicaLayout.Own);
        _observer = new DiskObserver(_files, _files.Probe(ReplicaLayout.Own), _clock, new ObserverOptions(), () => { });
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
    public void A_file_of_another_user_is_left_alone_until_it_has_settled()
    {
        _directory.Write("theirs", "half");
        File.SetLastWriteTimeUtc(_directory["theirs"], _clock.GetUtcNow().UtcDateTime);
        Assert.IsType<Observation.Busy>(Look("theirs"));
        _clock.Advance(TimeSpan.FromMilliseconds(400));
        Assert.Empty(Drain());
        _clock.Advance(TimeSpan.FromMilliseconds(200));
        var seen = Assert.IsType<Observation.Content>(Assert.Single(Drain()));
        Assert.Equal(ContentRef.Of("half"u8), seen.File.Content);
        Assert.True(seen.AreWritersUnknown);
        Assert.False(seen.IsStillOpen);
    }

    [Fact]
    public void A_file_of_the_own_user_beside_it_is_read_at_once()
    {
        _directory.Write("mine", "all");
        File.SetLastWriteTimeUtc(_directory["mine"], _clock.GetUtcNow().UtcDateTime);
        Assert.False(Assert.IsType<Observation.Content>(Look("mine")).AreWritersUnknown);
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
