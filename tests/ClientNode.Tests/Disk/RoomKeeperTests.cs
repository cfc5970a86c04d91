using Actors.Client.Cache;
using Actors.Client.Disk;
using Actors.Client.FileSystem;
using Actors.Client.FileSystem.Linux;
using Actors.Client.Tests.FileSystem;
using static Actors.Client.Tests.Disk.ApplyScene;

namespace Actors.Client.Tests.Disk;

public sealed class RoomKeeperTests : IDisposable
{
    private const long Reserve = 1 << 20;
    private const long FilesReserved = 64;

    private readonly TempDirectory _directory = new();
    private readonly LinuxFileSystem _real;
    private readonly FaultyFileSystem _files;
    private readonly RoomKeeper _room;

    public RoomKeeperTests()
    {
        _real = LinuxFileSystem.Open(_directory.Path);
        _files = new FaultyFileSystem(_real) { Free = 1L << 30, FilesFree = 1 << 20 };
        _room = new RoomKeeper(new DiskRoom(_files, Reserve));
    }

    public void Dispose()
    {
        _real.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Tiny_files_are_taken_until_only_the_reserve_is_left()
    {
        _files.Free = Reserve + 10 * 8_192 + 100;
        var (fitting, refused) = _room.Divide([.. Enumerable.Range(0, 12).Select(i => Tiny($"{i}"))]);
        Assert.Equal((10, 2), (fitting.Count, refused.Count));
        Assert.Contains("the disk is too full for it: 0 KiB", Assert.IsType<ApplyOutcome.Refused>(refused[0]).Reason);
    }

    [Fact]
    public void Files_are_taken_until_only_the_reserved_number_of_them_is_left()
    {
        _files.FilesFree = FilesReserved + 3;
        var (fitting, refused) = _room.Divide([.. Enumerable.Range(0, 4).Select(i => Tiny($"{i}"))]);
        Assert.Equal((3, 1), (fitting.Count, refused.Count));
        Assert.Contains("0 files are free", Assert.IsType<ApplyOutcome.Refused>(refused[0]).Reason);
    }

    [Fact]
    public void What_is_in_a_directory_without_room_has_none_either()
    {
        _files.FilesFree = FilesReserved;
        var (fitting, refused) = _room.Divide([Make(Folder("a")), Fetched("a/b"), Fetched("c"), Make(Absent("d"))]);
        Assert.Equal(["a", "a/b"], refused.Select(outcome => outcome.Order.Entry.Path.ToString()));
        Assert.Equal(["c", "d"], fitting.Select(order => order.Entry.Path.ToString()));
    }

    [Fact]
    public void The_file_system_tells_how_many_files_it_can_have()
    {
        Assert.True(_real.FreeFiles() > 0);
        Assert.True(_real.FreeBytes() > 0);
    }

    private static ApplyOrder Tiny(string path) => Make(File(path, "text"), new ContentSource("text"u8.ToArray(), null));

    private static ApplyOrder Fetched(string path) => Make(File(path, "text"), new ContentSource(null, "part"));

    private static ApplyOrder Make(Messages.Tree.TreeEntry entry, ContentSource source = default) =>
        new(entry, Messages.Tree.EntryState.Absent, null, source, entry.Path, false, Naming);
}
