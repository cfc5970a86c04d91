using Actors.Lab.World.Disks;

namespace Actors.Lab.Tests.World.Disks;

public sealed class DiskCallTests
{
    private readonly DiskWorld _world = new();

    private DiskProcess User => _world.User;

    [Fact]
    public void A_file_has_the_bytes_that_were_written_and_zeros_between()
    {
        using var file = User.Open("a", OpenModes.ReadWrite | OpenModes.Create);
        Assert.Equal(2, file.Write(3, "de"u8.ToArray()));
        Assert.Equal("\0\0\0de", _world.Read("a"));
        file.SetLength(4);
        file.SetLength(6);
        Assert.Equal("\0\0\0d\0\0", _world.Read("a"));
        file.Append("!"u8.ToArray());
        Assert.Equal(7, file.Stat().Size);
        var buffer = new byte[10];
        Assert.Equal(0, file.Read(100, buffer));
        Assert.Equal(2, file.Read(5, buffer));
    }

    [Fact]
    public void Names_are_any_bytes_and_at_most_255_of_them()
    {
        var name = DiskPath.Of([0xff, 0xfe, (byte)'\n']);
        _world.Write(name, "x");
        Assert.Equal(new byte[] { 0xff, 0xfe, (byte)'\n' }, Assert.Single(User.List("")).Name.ToArray());
        Fails(DiskError.NameTooLong, () => _world.Write(new string('x', 256), "x"));
        Fails(DiskError.NameTooLong, () => _world.Write(string.Join('/', Enumerable.Repeat("name", 1_000)), "x"));
        Fails(DiskError.Invalid, () => _world.Write("a/../b", "x"));
    }

    [Fact]
    public void Opening_says_what_stands_in_the_way()
    {
        User.MakeDirectory("d");
        User.MakeLink("link", "d");
        User.MakeSpecial("socket");
        _world.Write("f", "x");
        Fails(DiskError.NoEntry, () => User.Open("none", OpenModes.Read));
        Fails(DiskError.NoEntry, () => User.Open("none/f", OpenModes.Read));
        Fails(DiskError.NotDirectory, () => User.Open("f/x", OpenModes.Read));
        Fails(DiskError.NotDirectory, () => User.Open("link/x", OpenModes.Read));
        Fails(DiskError.IsDirectory, () => User.Open("d", OpenModes.Read));
        Fails(DiskError.Link, () => User.Open("link", OpenModes.Read));
        Fails(DiskError.Invalid, () => User.Open("socket", OpenModes.Read));
        Fails(DiskError.Exists, () => User.Open("f", OpenModes.Write | OpenModes.Create | OpenModes.Exclusive));
        using (var file = User.Open("f", OpenModes.Read))
        {
            Fails(DiskError.BadDescriptor, () => file.Write(0, new byte[1]));
            file.SetMode(0);
        }
        Fails(DiskError.Access, () => User.Open("f", OpenModes.Read));
    }

    [Fact]
    public void A_descriptor_stays_with_its_file_across_renames_and_removal()
    {
        _world.Write("a", "1");
        using var file = User.Open("a", OpenModes.ReadWrite);
        User.Rename("a", "b");
        _world.Write("a", "other");
        file.Write(0, "2"u8.ToArray());
        Assert.Equal("2", _world.Read("b"));
        User.Unlink("b");
        file.Write(0, "3"u8.ToArray());
        var buffer = new byte[1];
        Assert.Equal(1, file.Read(0, buffer));
        Assert.Equal("3"u8, buffer);
        Assert.Equal("other", _world.Read("a"));
    }

    [Fact]
    public void Names_of_one_file_change_together_and_go_one_by_one()
    {
        User.MakeDirectory("d");
        _world.Write("a", "1");
        User.Link("a", "d/b");
        _world.Write("d/b", "two");
        Assert.Equal("two", _world.Read("a"));
        Assert.Equal(User.Stat("a"), User.Stat("d/b"));
        User.Rename("a", "d/b");
        Assert.Equal("a d", _world.Names(""));
        User.Rename("d/b", "c");
        User.Unlink("a");
        Assert.Equal("two", _world.Read("c"));
        var used = _world.Disk.UsedBytes;
        User.Unlink("c");
        Assert.Equal(used - 256 - 3, _world.Disk.UsedBytes);
        Fails(DiskError.NoEntry, () => User.Link("c", "e"));
        Fails(DiskError.Access, () => User.Link("d", "e"));
    }

    [Fact]
    public void Rename_replaces_refuses_or_exchanges()
    {
        _world.Write("a", "1");
        _world.Write("b", "2");
        User.MakeDirectory("d");
        _world.Write("d/f", "3");
        Fails(DiskError.Exists, () => User.Rename("a", "b", RenameBehavior.NoReplace));
        Fails(DiskError.NoEntry, () => User.Rename("a", "c", RenameBehavior.Exchange));
        User.Rename("a", "d", RenameBehavior.Exchange);
        Assert.Equal("1", _world.Read("d"));
        Assert.Equal("3", _world.Read("a/f"));
        User.Rename("d", "b");
        Assert.Equal("1", _world.Read("b"));
        User.Rename("b", "c", RenameBehavior.NoReplace);
        Assert.Equal("a c", _world.Names(""));
        User.Rename("c", "c");
        Fails(DiskError.NoEntry, () => User.Rename("b", "x"));
    }

    [Fact]
    public void Directories_do_not_swallow_themselves_or_others_that_hold_something()
    {
        User.MakeDirectory("d");
        User.MakeDirectory("d/e");
        User.MakeDirectory("empty");
        _world.Write("f", "x");
        Fails(DiskError.Invalid, () => User.Rename("d", "d/e/d"));
        Fails(DiskError.Invalid, () => User.Rename("d/e", "d", RenameBehavior.Exchange));
        Fails(DiskError.NotEmpty, () => User.Rename("d/e", "d"));
        Fails(DiskError.NotEmpty, () => User.Rename("empty", "d"));
        Fails(DiskError.IsDirectory, () => User.Rename("f", "empty"));
        Fails(DiskError.NotDirectory, () => User.Rename("empty", "f"));
        Fails(DiskError.NotEmpty, () => User.RemoveDirectory("d"));
        Fails(DiskError.IsDirectory, () => User.Unlink("d"));
        Fails(DiskError.NotDirectory, () => User.RemoveDirectory("f"));
        Fails(DiskError.Exists, () => User.MakeDirectory("d"));
        User.Rename("d", "empty");
        Assert.Equal("empty f", _world.Names(""));
        Assert.Equal("e", _world.Names("empty"));
    }

    [Fact]
    public void A_directory_of_an_overlays_lower_layer_can_be_removed_and_not_renamed()
    {
        User.MakeDirectory("d");
        _world.Write("f", "1");
        Assert.Equal(DiskError.None, _world.Disk.Names.Find("d", out var directory));
        directory!.IsOfLowerLayer = true;
        Fails(DiskError.CrossDevice, () => User.Rename("d", "e"));
        Fails(DiskError.CrossDevice, () => User.Rename("f", "d", RenameBehavior.Exchange));
        User.RemoveDirectory("d");
        Assert.Equal("f", _world.Names(""));
    }

    [Fact]
    public void A_full_disk_takes_what_fits_and_then_nothing()
    {
        _world.Write("a", "");
        _world.Disk.CapacityBytes = _world.Disk.UsedBytes + 3;
        using var file = User.Open("a", OpenModes.Write);
        Assert.Equal(3, file.Write(0, new byte[5]));
        Fails(DiskError.NoSpace, () => file.Write(3, new byte[1]));
        Fails(DiskError.NoSpace, () => User.MakeDirectory("d"));
        Assert.Equal(1, file.Write(0, new byte[1]));
        file.SetLength(0);
        Assert.Equal(3, User.FreeBytes());
    }

    [Fact]
    public void What_is_unlinked_takes_room_until_it_is_closed()
    {
        _world.Write("a", new string('x', 1_000));
        var used = _world.Disk.UsedBytes;
        var file = User.Open("a", OpenModes.Read);
        User.Unlink("a");
        Assert.Equal(used, _world.Disk.UsedBytes);
        file.Dispose();
        Assert.True(_world.Disk.UsedBytes < used - 1_000);
    }

    [Fact]
    public void A_number_is_given_again_once_its_file_is_gone_for_good()
    {
        _world.Write("a", "1");
        User.SyncAll();
        var number = User.Stat("a")!.Value.Inode;
        User.Unlink("a");
        _world.Write("b", "2");
        Assert.NotEqual(number, User.Stat("b")!.Value.Inode);
        User.SyncDirectory("");
        _world.Write("c", "3");
        Assert.Equal(number, User.Stat("c")!.Value.Inode);
    }

    [Fact]
    public void Times_have_the_ticks_of_the_clock()
    {
        _world.Write("a", "1");
        var first = User.Stat("a")!.Value;
        _world.Now += TimeSpan.FromMilliseconds(1);
        _world.Write("a", "2");
        Assert.Equal(first, User.Stat("a"));
        _world.Now += TimeSpan.FromMilliseconds(4);
        User.Rename("a", "b");
        var renamed = User.Stat("b")!.Value;
        Assert.Equal(first.ModifiedNs, renamed.ModifiedNs);
        Assert.True(renamed.ChangedNs > first.ChangedNs);
    }

    [Fact]
    public void An_open_directory_knows_where_it_is_until_it_is_removed()
    {
        User.MakeDirectory("a");
        User.MakeDirectory("a/b");
        using var directory = User.OpenDirectory("a/b");
        Assert.Equal("/a/b", directory.Path.ToString());
        User.Rename("a", "c");
        Assert.Equal("/c/b", directory.Path.ToString());
        User.RemoveDirectory("c/b");
        Assert.Null(directory.Path);
        User.MakeDirectory("c/b");
        Assert.NotEqual(directory.Number, User.Stat("c/b")!.Value.Inode);
    }

    [Fact]
    public void Locks_and_open_writers_end_with_their_process()
    {
        _world.Write("a", "1");
        var other = _world.Disk.StartProcess("other");
        var writer = other.Open("a", OpenModes.Write);
        using var reader = User.Open("a", OpenModes.Read);
        Assert.True(writer.TryLock());
        Assert.False(reader.TryLock());
        Assert.True(reader.HasOtherWriters());
        Assert.False(writer.HasOtherWriters());
        other.Kill();
        Assert.False(reader.HasOtherWriters());
        Assert.True(reader.TryLock());
        Assert.Throws<ProcessKilledException>(() => writer.Write(0, new byte[1]));
        Assert.Throws<ProcessKilledException>(() => other.Stat("a"));
        Assert.Equal("1", _world.Read("a"));
    }

    [Fact]
    public void A_gate_sees_every_call_and_can_fail_it_use_the_disk_itself_or_kill_the_caller()
    {
        var gate = new Gate();
        var node = _world.Disk.StartProcess("node", gate);
        gate.OnBefore = call =>
        {
            _world.Write("a", $"before {call.Operation}");
            return DiskError.InputOutput;
        };
        Fails(DiskError.InputOutput, () => node.Unlink("a"));
        Assert.Equal("before Unlink", _world.Read("a"));

        gate.OnBefore = _ => DiskError.None;
        gate.OnAfter = call => call.Process.Kill();
        Assert.Throws<ProcessKilledException>(() => node.Unlink("a"));
        Assert.Null(_world.Read("a"));
        Assert.Equal(["node Unlink /a", "node Unlink /a"], gate.Calls);
    }

    private static void Fails(DiskError error, Action call) => Assert.Equal(error, Assert.Throws<DiskException>(call).Error);

    private sealed class Gate : IDiskGate
    {
        public Func<DiskCall, DiskError> OnBefore { get; set; } = _ => DiskError.None;
        public Action<DiskCall> OnAfter { get; set; } = _ => { };
        public List<string> Calls { get; } = [];

        public DiskError Before(DiskCall call)
        {
            Calls.Add(call.ToString());
            return OnBefore(call);
        }

        public void After(DiskCall call) => OnAfter(call);
    }
}
