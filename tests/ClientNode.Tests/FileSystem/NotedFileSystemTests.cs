using System.Diagnostics.CodeAnalysis;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Tests.Watcher;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.FileSystem;

[SuppressMessage("Design", "CA1063", Justification = "a test class")]
public sealed class NotedFileSystemTests : FileSystemContract
{
    private readonly TempDirectory _directory = new();
    private readonly TestClock _clock = new();
    private readonly DiskCalls _calls;
    private readonly LinuxFileSystem _linux;
    private readonly FaultyFileSystem _faulty;
    private readonly NotedFileSystem _files;

    public NotedFileSystemTests()
    {
        _calls = new DiskCalls(_clock);
        _linux = LinuxFileSystem.Open(_directory.Path);
        _faulty = new FaultyFileSystem(_linux);
        _files = new NotedFileSystem(_faulty, _calls);
    }

    protected override IFileSystem FileSystem => new NotedFileSystem(_linux, _calls);

    public override void Dispose()
    {
        _files.Dispose();
        _directory.Dispose();
        base.Dispose();
    }

    [Fact]
    public void A_call_that_lasts_is_told_of_by_its_path_until_it_comes_back()
    {
        IReadOnlyList<string> early = [], late = [];
        _faulty.Failing = (_, _) =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            early = _calls.LongerThan(TimeSpan.FromSeconds(2));
            _clock.Advance(TimeSpan.FromSeconds(6));
            late = _calls.LongerThan(TimeSpan.FromSeconds(2));
            return FileFault.None;
        };
        _files.Stat(RelativePath.Parse("mnt/a"));
        Assert.Empty(early);
        Assert.Equal(["stat of 'mnt/a' has not come back for 7 s"], late);
        Assert.Empty(_calls.LongerThan(TimeSpan.Zero));
    }

    [Fact]
    public void A_call_that_fails_has_come_back()
    {
        _faulty.Failing = (_, _) => FileFault.Unreachable;
        Assert.Throws<FileFaultException>(() => _files.List(RelativePath.Parse("mnt")));
        _clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Empty(_calls.LongerThan(TimeSpan.Zero));
    }
}
