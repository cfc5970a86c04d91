using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Tests.FileSystem;
using Actors.Client.Watcher;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Watcher;

/// <summary>What is told of a tree in which one path fails: that one is held, and everything else is seen.</summary>
public sealed class BadPathTests : IDisposable
{
    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _linux;
    private readonly FaultyFileSystem _files;
    private readonly DiskObserver _observer;

    public BadPathTests()
    {
        _linux = LinuxFileSystem.Open(_directory.Path);
        _files = new FaultyFileSystem(_linux);
        _files.MakeDirectory(ReplicaLayout.Own);
        _observer = new DiskObserver(_files, _files.Probe(ReplicaLayout.Own), new TestClock(), new ObserverOptions(), () => { });
        _directory.Write("bad/below", "text");
        _directory.Write("good/below", "text");
        _directory.Write("file", "text");
        _observer.Scan();
    }

    public static TheoryData<string, FileFault> Faults()
    {
        var all = new TheoryData<string, FileFault>();
        foreach (var call in (string[])["stat", "list", "watch", "open", "read"])
        {
            foreach (var fault in Enum.GetValues<FileFault>().Where(fault => fault != FileFault.None && !fault.IsOfAll()))
                all.Add(call, fault);
        }
        return all;
    }

    public void Dispose()
    {
        _observer.Dispose();
        _linux.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_directory_or_file_where_a_call_fails_is_held_and_everything_else_is_seen(string failing, FileFault fault)
    {
        _files.Failing = (call, path) => call == failing && (path == P("bad") || path == P("file")) ? fault : FileFault.None;
        var seen = Scan();
        string[] bad = failing switch
        {
            "stat" => ["bad", "file"],
            "list" or "watch" => ["bad"],
            _ => ["file"],
        };
        Assert.Equal(bad, Held(seen));
        Assert.All(seen.OfType<Observation.Unfit>(), unfit => Assert.Equal(failing is "stat" or "list" or "watch", unfit.IsDirectory));
        Assert.Empty(seen.OfType<Observation.Absent>());
        Assert.Equal(failing is "stat" or "list" or "watch" ? [] : ["bad/below"], Read(seen, "bad/"));
        Assert.Equal(["good/below"], Read(seen, "good/"));
        Assert.Equal(bad.Contains("file") ? [] : ["file"], Read(seen, "file"));
        var listing = seen.OfType<Observation.Listing>().First(listing => listing.Path.IsRoot);
        Assert.Equal(["bad", "file", "good"], listing.Items.Select(item => item.Path.ToString()).Order());
    }

    [Fact]
    public void In_a_closed_directory_not_even_a_replica_can_be_looked_for()
    {
        _files.Failing = (call, path) => path != P("bad") && path.ToString().StartsWith("bad/") || (call is "list" or "watch" && path == P("bad"))
            ? FileFault.Denied
            : FileFault.None;
        var seen = Scan();
        Assert.Equal(["bad"], Held(seen));
        Assert.Contains("check owner and mode", seen.OfType<Observation.Unfit>().First().Reason);
        Assert.Equal(["good/below"], Read(seen, "good/"));
    }

    [Fact]
    public void A_root_that_cannot_be_listed_is_nothing_to_go_on_with()
    {
        _files.Failing = (call, path) => call == "list" && path.IsRoot ? FileFault.Damaged : FileFault.None;
        Assert.True(Assert.Throws<FileFaultException>(() => Scan()).StopsTheNode);
    }

    [Theory]
    [InlineData(FileFault.LimitReached)]
    [InlineData(FileFault.ReadOnly)]
    public void What_is_wrong_with_the_process_or_the_whole_disk_is_no_fault_of_a_path(FileFault fault)
    {
        _files.Failing = (call, path) => call == "open" && path == P("file") ? fault : FileFault.None;
        Assert.True(Assert.Throws<FileFaultException>(() => Scan()).StopsTheNode);
    }

    private List<Observation> Scan()
    {
        var seen = new List<Observation>();
        while (_observer.HasWork)
        {
            var batch = _observer.Next(64);
            seen.AddRange(batch);
            // As the Cache asks for it.
            foreach (var item in batch.OfType<Observation.Listing>().SelectMany(listing => listing.Items).Where(item => item.Stat.IsRegular))
                _observer.Look(item.Path);
        }
        return seen;
    }

    private static string[] Held(List<Observation> seen) => [.. seen.OfType<Observation.Unfit>().Select(unfit => unfit.Path.ToString()).Distinct().Order()];

    private static string[] Read(List<Observation> seen, string prefix) =>
        [.. seen.OfType<Observation.Content>().Select(content => content.Path.ToString()).Where(path => path.StartsWith(prefix)).Distinct().Order()];

    private static RelativePath P(string path) => RelativePath.Parse(path);
}
