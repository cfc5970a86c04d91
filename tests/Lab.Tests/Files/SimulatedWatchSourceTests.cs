using System.Text;
using Actors.Client.FileSystem;
using Actors.Lab.Files;
using Actors.Lab.World;
using Actors.Lab.World.Disks;
using Actors.Messages.Tree;

namespace Actors.Lab.Tests.Files;

public sealed class SimulatedWatchSourceTests
{
    private readonly Machine _machine = new SimulatedWorld(1).AddMachine("machine");
    private readonly DiskProcess _user;
    private readonly IWatchSource _source;
    private int _signals;

    public SimulatedWatchSourceTests()
    {
        _user = _machine.StartProcess("user").Disk;
        _user.MakeDirectory("replica");
        _source = SimulatedFileSystem.Open(_machine.StartProcess("node").Disk, "replica").Watch(() => _signals++);
        Assert.Equal(WatchOutcome.Watched, _source.Add(RelativePath.Root));
    }

    [Fact]
    public void A_file_is_finished_when_it_is_closed()
    {
        var file = _user.Open("replica/a", OpenModes.Write | OpenModes.Create);
        file.Write(0, "text"u8);
        Assert.Equal("a...", Harvest());
        file.Dispose();
        Assert.Equal("a", Harvest());
    }

    [Fact]
    public void There_is_one_signal_until_the_harvest_and_one_change_for_each_path()
    {
        for (var i = 0; i < 10; i++)
            Write("a");
        Write("b");
        Assert.Equal(1, _signals);
        Assert.Equal("a b", Harvest());
        Assert.Equal("", Harvest());
        Write("a");
        Assert.Equal(2, _signals);
    }

    [Fact]
    public void Events_that_are_late_are_harvested_late()
    {
        DiskWatch? late = null;
        _machine.Disk.AreEventsLate = true;
        _machine.Disk.EventsOnTheWay = watch => late = watch;
        Write("a");
        Assert.Equal("", Harvest());
        late!.Deliver();
        Assert.Equal("a", Harvest());
    }

    [Fact]
    public void Events_that_are_lost_leave_an_overflow()
    {
        DiskWatch? late = null;
        _machine.Disk.EventsOnTheWay = watch => late = watch;
        Write("a");
        late!.Lose();
        Write("b");
        late.Deliver();
        Assert.Equal(0, _signals);
        late.Overflow();
        late.Deliver();
        Assert.Equal(1, _signals);
        Assert.Equal("overflow", Harvest());
    }

    [Fact]
    public void A_directory_that_was_moved_is_reported_under_its_new_name_only()
    {
        _user.MakeDirectory("replica/old");
        _user.MakeDirectory("replica/old/sub");
        Assert.Equal(WatchOutcome.Watched, _source.Add(P("old")));
        Assert.Equal(WatchOutcome.Watched, _source.Add(P("old/sub")));
        Harvest();
        _user.Rename("replica/old", "replica/new");
        Assert.Equal("old new", Harvest());
        Write("new/sub/a");
        Assert.Equal("", Harvest());
        Assert.Equal(WatchOutcome.Watched, _source.Add(P("new")));
        Assert.Equal(WatchOutcome.Watched, _source.Add(P("new/sub")));
        Write("new/sub/b");
        Assert.Equal("new/sub/b", Harvest());
    }

    [Fact]
    public void A_directory_that_is_gone_cannot_be_watched()
    {
        Write("file");
        Assert.Equal(WatchOutcome.Gone, _source.Add(P("gone")));
        Assert.Equal(WatchOutcome.Gone, _source.Add(P("file")));
        _user.MakeDirectory("replica/d");
        Assert.Equal(WatchOutcome.Watched, _source.Add(P("d")));
        _user.RemoveDirectory("replica/d");
        Harvest();
        _user.MakeDirectory("replica/d");
        Write("d/a");
        Assert.Equal("d...", Harvest());
    }

    [Fact]
    public void Watches_have_a_limit()
    {
        var machine = new SimulatedWorld(1).AddMachine("small", new DiskSettings { WatchesMax = 1 });
        var node = machine.StartProcess("node").Disk;
        node.MakeDirectory("d");
        using var source = SimulatedFileSystem.Open(node, "").Watch(() => { });
        Assert.Equal(WatchOutcome.Watched, source.Add(RelativePath.Root));
        Assert.Equal(WatchOutcome.OutOfWatches, source.Add(P("d")));
    }

    private static RelativePath P(string path) => RelativePath.Parse(path);

    private void Write(string name)
    {
        using var file = _user.Open("replica/" + name, OpenModes.Write | OpenModes.Create);
        file.Write(0, Encoding.UTF8.GetBytes(name));
    }

    /// <summary>What changed; three dots after what is not finished.</summary>
    private string Harvest()
    {
        var harvest = _source.Harvest();
        return harvest.Overflowed ? "overflow" : string.Join(' ', harvest.Changes.Select(change => change.Path + (change.Finished ? "" : "...")));
    }
}
