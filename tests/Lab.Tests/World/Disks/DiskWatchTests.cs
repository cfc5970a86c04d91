using System.Text;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Tests.World.Disks;

public sealed class DiskWatchTests
{
    private readonly DiskWorld _world = new(settings: new DiskSettings { WatchQueueMax = 4, WatchesMax = 2 });
    private readonly List<DiskWatch> _late = [];
    private int _signals;

    private DiskProcess User => _world.User;

    [Fact]
    public void A_save_is_seen_as_the_kernel_tells_it()
    {
        var watch = Watch();
        _world.Write("a", "1");
        Assert.Equal("Created a, Modified a, ClosedAfterWrite a", Taken(watch));
        _world.Write("a", "2");
        Assert.Equal("Modified a, Modified a, ClosedAfterWrite a", Taken(watch));
        User.Rename("a", "b");
        Assert.Equal("MovedFrom a, MovedTo b", Taken(watch));
        User.Unlink("b");
        Assert.Equal("Deleted b", Taken(watch));
        Assert.True(_signals >= 4);
    }

    [Fact]
    public void A_write_through_a_mapping_is_not_reported_and_changes_the_times_once()
    {
        _world.Write("a", "text");
        var watch = Watch();
        using (var file = User.Open("a", OpenModes.ReadWrite))
        {
            foreach (var (text, changesTimes) in new[] { ("one!", true), ("two!", false), ("three", false) })
            {
                _world.Now += TimeSpan.FromSeconds(5);
                var before = User.Stat("a")!.Value.ModifiedNs;
                file.WriteMapped(0, Encoding.ASCII.GetBytes(text));
                Assert.Equal(changesTimes, User.Stat("a")!.Value.ModifiedNs != before);
            }
            Assert.Equal("", Taken(watch));
            file.Sync();
            _world.Now += TimeSpan.FromSeconds(5);
            file.WriteMapped(0, "four"u8);
            Assert.Equal(_world.Disk.NowNs, User.Stat("a")!.Value.ModifiedNs);
        }
        Assert.Equal("ClosedAfterWrite a", Taken(watch));
        Assert.Equal("four", _world.Read("a"));
    }

    [Fact]
    public void Of_several_names_the_one_is_told_of_that_the_file_was_opened_by()
    {
        _world.Write("a", "1");
        User.Link("a", "b");
        var watch = Watch();
        _world.Write("a", "2");
        Assert.Equal("Modified a, Modified a, ClosedAfterWrite a", Taken(watch));
        User.Link("a", "c");
        User.Unlink("c");
        Assert.Equal("Created c, Deleted c", Taken(watch));
        _world.Write("b", "3");
        Assert.Equal("Modified b, Modified b, ClosedAfterWrite b", Taken(watch));
    }

    [Fact]
    public void Only_names_in_the_directory_itself_are_told_of()
    {
        User.MakeDirectory("d");
        var watch = Watch();
        _world.Write("d/a", "1");
        Assert.Equal("", Taken(watch));
    }

    [Fact]
    public void A_write_is_told_where_the_file_lies_now()
    {
        User.MakeDirectory("d");
        using var file = User.Open("a", OpenModes.Write | OpenModes.Create);
        var watch = Watch("d");
        User.Rename("a", "d/b");
        file.Write(0, new byte[1]);
        Assert.Equal("MovedTo b, Modified b", Taken(watch));
    }

    [Fact]
    public void An_exchange_moves_both()
    {
        _world.Write("a", "1");
        _world.Write("b", "2");
        var watch = Watch();
        User.Rename("a", "b", RenameBehavior.Exchange);
        Assert.Equal("MovedFrom a, MovedTo b, MovedFrom b, MovedTo a", Taken(watch));
    }

    [Fact]
    public void A_watch_goes_on_when_its_directory_is_moved_and_ends_with_it()
    {
        User.MakeDirectory("d");
        var watch = Watch("d");
        User.Rename("d", "e");
        _world.Write("e/a", "");
        Assert.Equal("SelfMoved , Created a, ClosedAfterWrite a", Taken(watch));
        User.Unlink("e/a");
        User.RemoveDirectory("e");
        Assert.Equal("Deleted a, Ended ", Taken(watch));
    }

    [Fact]
    public void The_same_event_twice_in_a_row_is_one_until_it_was_read()
    {
        _world.Disk.EventsOnTheWay = _late.Add;
        using var file = User.Open("a", OpenModes.Write | OpenModes.Create);
        var watch = Watch();
        file.Write(0, new byte[1]);
        file.Write(1, new byte[1]);
        watch.Deliver();
        Assert.Equal("Modified a", Taken(watch));
        file.Write(2, new byte[1]);
        watch.Deliver();
        Assert.Equal("Modified a", Taken(watch));
    }

    [Fact]
    public void Events_come_late_and_in_order()
    {
        _world.Disk.EventsOnTheWay = _late.Add;
        var watch = Watch();
        User.MakeDirectory("a");
        User.MakeDirectory("b");
        Assert.Equal([watch, watch], _late);
        Assert.Equal("", Taken(watch));
        Assert.Equal(0, _signals);
        watch.Deliver(1);
        Assert.Equal("Created a", Taken(watch));
        Assert.Equal(1, watch.OnTheWay);
    }

    [Fact]
    public void Too_many_events_or_the_worlds_hand_make_an_overflow()
    {
        _world.Disk.EventsOnTheWay = _late.Add;
        var watch = Watch();
        for (var i = 0; i < 9; i++)
            User.MakeDirectory($"d{i}");
        watch.Deliver();
        Assert.Equal("Created d0, Created d1, Created d2, Created d3, Overflow ", Taken(watch));
        User.MakeDirectory("e");
        watch.Overflow();
        watch.Deliver();
        Assert.Equal("Overflow ", Taken(watch));
        User.MakeDirectory("f");
        watch.Deliver();
        Assert.Equal("Created f", Taken(watch));
    }

    [Fact]
    public void Watches_are_limited_and_those_of_a_dead_process_are_free()
    {
        User.MakeDirectory("a");
        User.MakeDirectory("b");
        var other = _world.Disk.StartProcess("other");
        var watch = other.Watch(() => { });
        Assert.Equal(watch.Watch("a"), watch.Watch("a"));
        watch.Watch("b");
        var mine = User.Watch(() => { });
        Assert.Equal(DiskError.NoSpace, Assert.Throws<DiskException>(() => mine.Watch("")).Error);
        Assert.Equal(DiskError.NoEntry, Assert.Throws<DiskException>(() => mine.Watch("none")).Error);
        other.Kill();
        mine.Watch("");
        mine.Dispose();
        User.MakeDirectory("c");
        Assert.Empty(mine.Take());
    }

    private DiskWatch Watch(string directory = "")
    {
        var watch = User.Watch(() => _signals++);
        watch.Watch(directory);
        return watch;
    }

    private static string Taken(DiskWatch watch) =>
        string.Join(", ", watch.Take().Select(taken => $"{taken.Kind} {Encoding.UTF8.GetString(taken.NameBytes.Span)}"));
}
