using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Tests.FileSystem;
using Actors.Client.Watcher;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Watcher;

/// <summary>Files that change at every look. The clock is the test's; a file of 3 MiB takes several turns to read.</summary>
public sealed class BusyFileTests : IDisposable
{
    private const int Megabyte = 1024 * 1024;

    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _files;
    private readonly TestClock _clock = new();
    private readonly DiskObserver _observer;
    private readonly FileStream _log;
    private readonly byte[] _start = new byte[3 * Megabyte];

    public BusyFileTests()
    {
        _files = LinuxFileSystem.Open(_directory.Path);
        _files.MakeDirectory(ReplicaLayout.Own);
        var traits = _files.Probe(ReplicaLayout.Own);
        _observer = new DiskObserver(_files, traits, _clock, new ObserverOptions { SliceBytes = Megabyte }, () => { });
        _observer.Scan();
        Drain();
        Array.Fill(_start, (byte)'a');
        // FileShare would ask for a lock, which no other process has: a log's writer does not either.
        _log = new FileStream(_directory["log"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        _log.Write(_start);
    }

    public void Dispose()
    {
        _log.Dispose();
        _observer.Dispose();
        _files.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void A_log_that_grows_at_every_look_travels_as_it_was_when_it_was_opened()
    {
        WaitForPatience();
        var seen = Assert.IsType<Observation.Content>(Assert.Single(DrainWhile(() => _log.Write("more\n"u8))));
        Assert.True(seen.IsStillOpen);
        Assert.True(seen.IsBeginning);
        Assert.Equal(ContentRef.Of(_start).Size, seen.File.Content.Size);
        Assert.Equal(Name(_start), seen.File.Content);
        Assert.False(seen.File.IsSettled);
        Assert.True(seen.Holds(_files.Stat(P("log"))!.Value));
    }

    [Fact]
    public void What_a_log_has_grown_by_travels_when_patience_runs_out_again_though_nobody_writes_any_more()
    {
        WaitForPatience();
        Assert.IsType<Observation.Content>(Assert.Single(DrainWhile(() => _log.Write("more\n"u8))));
        _observer.Harvest();
        Assert.Empty(Drain());
        _clock.Advance(TimeSpan.FromSeconds(10));
        var seen = Assert.IsType<Observation.Content>(Assert.Single(Drain()));
        Assert.False(seen.IsBeginning);
        Assert.Equal(Name(File.ReadAllBytes(_directory["log"])), seen.File.Content);
        Assert.Null(_observer.NextDueNs);
    }

    [Fact]
    public void A_file_that_is_written_over_at_every_look_is_given_up_with_the_reason_and_tried_again_later()
    {
        WaitForPatience();
        var value = (byte)0;
        var seen = new List<Observation>();
        for (var tries = 0; tries < 20 && seen.LastOrDefault() is not Observation.Unfit; tries++)
        {
            seen.AddRange(DrainWhile(Overwrite));
            _clock.Advance(TimeSpan.FromSeconds(2));
        }
        Assert.Contains("changed all the time", Assert.IsType<Observation.Unfit>(seen[^1]).Reason);
        Assert.All(seen.SkipLast(1), item => Assert.IsType<Observation.Busy>(item));
        Assert.Equal(5, seen.Count);

        // Its events wake no actor before the while is over.
        _observer.Harvest();
        Assert.Empty(Drain());
        _clock.Advance(TimeSpan.FromSeconds(30));
        var content = Assert.IsType<Observation.Content>(Assert.Single(Drain()));
        Assert.Equal(Name(File.ReadAllBytes(_directory["log"])), content.File.Content);

        void Overwrite()
        {
            _log.Position = 0;
            _log.WriteByte(++value);
        }
    }

    [Fact]
    public void A_file_that_shrinks_while_it_is_read_is_not_taken_for_its_beginning()
    {
        WaitForPatience();
        Assert.IsType<Observation.Busy>(Assert.Single(DrainWhile(() => _log.SetLength(_log.Length - 1))));
    }

    [Fact]
    public void Before_patience_runs_out_a_growing_file_is_waited_for()
    {
        _observer.Harvest();
        Assert.IsType<Observation.Busy>(Assert.Single(Drain()));
        _clock.Advance(TimeSpan.FromSeconds(9));
        _log.Write("more\n"u8);
        _observer.Harvest();
        Assert.Empty(Drain());
    }

    [Fact]
    public void A_beginning_is_not_there_any_more_when_the_file_was_replaced_or_cut()
    {
        var signature = new FileSignature(7, 100, 1, 1);
        var seen = new Observation.Content(P("log"), new(signature, default, false), true) { IsBeginning = true };
        Assert.True(seen.Holds(Like(signature with { Size = 200, ModifiedNs = 2 })));
        Assert.False(seen.Holds(Like(signature with { Size = 99 })));
        Assert.False(seen.Holds(Like(signature with { Inode = 8 })));
        Assert.False((seen with { IsBeginning = false }).Holds(Like(signature with { Size = 200 })));
    }

    private static FileStat Like(FileSignature signature) => new(FileKind.Regular, 1, signature, 0);

    private static RelativePath P(string path) => RelativePath.Parse(path);

    private static ContentRef Name(byte[] bytes)
    {
        using var builder = new ChunkTreeBuilder();
        builder.Append(bytes);
        return builder.Finish();
    }

    private void WaitForPatience()
    {
        _observer.Harvest();
        Assert.IsType<Observation.Busy>(Assert.Single(Drain()));
        _clock.Advance(TimeSpan.FromSeconds(10));
    }

    private List<Observation> Drain() => DrainWhile(() => { });

    /// <summary>Something happens after each turn.</summary>
    private List<Observation> DrainWhile(Action after)
    {
        var seen = new List<Observation>();
        while (_observer.HasWork)
        {
            seen.AddRange(_observer.Next(10));
            after();
        }
        return seen;
    }
}
