using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Tree;
using static Actors.Client.Tests.Disk.ApplyScene;

namespace Actors.Client.Tests.Disk;

/// <summary>Updates of a tree in which one path fails: that one is refused with the reason, and the others are applied.</summary>
public sealed class BadPathTests : IDisposable
{
    private readonly ApplyScene _scene = new();

    public static TheoryData<string, FileFault> Faults()
    {
        var all = new TheoryData<string, FileFault>();
        foreach (var call in (string[])["stat", "rename"])
        {
            foreach (var fault in Enum.GetValues<FileFault>().Where(fault => fault.IsOfTheDisk()).Append(FileFault.Denied).Append(FileFault.Busy))
                all.Add(call, fault);
        }
        return all;
    }

    public void Dispose() => _scene.Dispose();

    [Theory]
    [MemberData(nameof(Faults))]
    public void An_update_that_the_disk_does_not_take_is_refused_and_the_others_are_applied(string failing, FileFault fault)
    {
        _scene.Directory.Write("bad", "old");
        _scene.Directory.Write("good", "old");
        var orders = new[]
        {
            _scene.Order(File("bad", "new"), EntryState.File(C("old")), "new"),
            _scene.Order(File("good", "new"), EntryState.File(C("old")), "new"),
        };
        _scene.Faulty.Failing = (call, path) => call == failing && path == P("bad") ? fault : FileFault.None;
        var outcomes = _scene.ApplyAll(orders).ToDictionary(outcome => outcome.Order.Entry.Path.ToString());
        Assert.Equal(fault.Reason(fault == FileFault.Failed && failing == "stat" ? "stat of 'bad': the test says so" : null), Assert.IsType<ApplyOutcome.Refused>(outcomes["bad"]).Reason);
        Assert.IsType<ApplyOutcome.Done>(outcomes["good"]);
        Assert.Equal("old", _scene.Directory.Read("bad"));
        Assert.Equal("new", _scene.Directory.Read("good"));
        Assert.Empty(_scene.Names(".actors/staging"));
        Assert.Empty(_scene.Store.ReadIntents());
    }

    [Theory]
    [InlineData("mkdir")]
    [InlineData("rmdir")]
    public void So_is_one_of_a_directory(string failing)
    {
        if (failing == "rmdir")
            System.IO.Directory.CreateDirectory(_scene.Directory["bad"]);
        _scene.Faulty.Failing = (call, path) => call == failing && path == P("bad") ? FileFault.Damaged : FileFault.None;
        var order = failing == "rmdir" ? _scene.Order(Absent("bad"), EntryState.Folder) : _scene.Order(Folder("bad"), EntryState.Absent);
        Assert.Contains("check the disk", Assert.IsType<ApplyOutcome.Refused>(_scene.Apply(order)).Reason);
    }

    [Theory]
    [InlineData(FileFault.TooLarge)]
    [InlineData(FileFault.Damaged)]
    [InlineData(FileFault.Failed)]
    public void Content_that_cannot_be_staged_is_its_paths_fault(FileFault fault)
    {
        _scene.Faulty.Failing = (call, path) => call == "write" && path == ReplicaLayout.Staged(1) ? fault : FileFault.None;
        var outcomes = _scene.ApplyAll([
            _scene.Order(File("bad", "new"), EntryState.Absent, "new"), _scene.Order(File("good", "new"), EntryState.Absent, "new")]);
        Assert.Equal(P("bad"), Assert.IsType<ApplyOutcome.Refused>(outcomes[0]).Order.Entry.Path);
        Assert.IsType<ApplyOutcome.Done>(outcomes[1]);
        Assert.Equal(["good"], _scene.Names());
        Assert.Empty(_scene.Names(".actors/staging"));
    }

    [Theory]
    [InlineData(FileFault.Denied, null)]
    [InlineData(FileFault.Unsupported, null)]
    [InlineData(FileFault.Denied, "part-1")]
    public void So_is_a_mode_that_the_new_file_may_not_have(FileFault fault, string? fetched) => CannotReplace("chmod", ReplicaLayout.Staged(1), fault, fetched);

    [Theory]
    [InlineData(null)]
    [InlineData("part-1")]
    public void So_is_a_path_that_may_not_be_looked_at(string? fetched) => CannotReplace("stat", P("bad"), FileFault.Denied, fetched);

    private void CannotReplace(string failing, RelativePath at, FileFault fault, string? fetched)
    {
        _scene.Directory.Write("bad", "old");
        _scene.Directory.Write("good", "old");
        var bad = _scene.Order(File("bad", "new"), EntryState.File(C("old")), "new");
        if (fetched is not null)
        {
            _scene.Directory.Write($".actors/staging/{fetched}", "new");
            bad = bad with { Source = new ContentSource(null, fetched) };
        }
        _scene.Faulty.Failing = (call, path) => call == failing && path == at ? fault : FileFault.None;
        var outcomes = _scene.ApplyAll([bad, _scene.Order(File("good", "new"), EntryState.File(C("old")), "new")]);
        Assert.Equal(P("bad"), Assert.IsType<ApplyOutcome.Refused>(outcomes[0]).Order.Entry.Path);
        Assert.IsType<ApplyOutcome.Done>(outcomes[1]);
        Assert.Equal("old", _scene.Directory.Read("bad"));
        Assert.Empty(_scene.Names(".actors/staging"));
    }

    [Theory]
    [InlineData(FileFault.NoSpace)]
    [InlineData(FileFault.Unreachable)]
    public void A_staging_area_that_takes_nothing_is_the_nodes_own_affair(FileFault fault)
    {
        _scene.Faulty.Failing = (call, path) => call == "write" && path.IsReserved ? fault : FileFault.None;
        var order = _scene.Order(File("good", "new"), EntryState.Absent, "new");
        Assert.True(Assert.Throws<FileFaultException>(() => _scene.Apply(order)).StopsTheNode);
    }

    [Fact]
    public void Where_a_directory_cannot_be_flushed_everything_is()
    {
        System.IO.Directory.CreateDirectory(_scene.Directory["closed"]);
        _scene.Faulty.Failing = (call, path) => call == "fsync" && path == P("closed") ? FileFault.Denied : FileFault.None;
        Assert.IsType<ApplyOutcome.Done>(_scene.Apply(_scene.Order(File("closed/file", "new"), EntryState.Absent, "new")));
        Assert.Equal(1, _scene.Faulty.FlushedAll);
        Assert.Empty(_scene.Store.ReadIntents());
    }

    [Theory]
    [InlineData(FileFault.Denied)]
    [InlineData(FileFault.Damaged)]
    public void An_edit_that_was_displaced_finds_a_name_although_its_directory_takes_none(FileFault fault)
    {
        _scene.Directory.Write("bad/notes.txt", "old");
        var order = _scene.Order(File("bad/notes.txt", "new"), EntryState.File(C("something else")), "new", isCopyOwed: true);
        _scene.Faulty.Failing = (call, path) => call == "rename" && path.Parent == P("bad") && path != order.Entry.Path ? fault : FileFault.None;
        var copy = Assert.IsType<ApplyOutcome.Done>(_scene.Apply(order)).CopyMade;
        Assert.True(copy!.Value.Parent.IsRoot);
        Assert.Equal("old", _scene.Directory.Read(copy.Value.ToString()));
    }

    [Theory]
    [InlineData(FileFault.Denied)]
    [InlineData(FileFault.Damaged)]
    [InlineData(FileFault.Unreachable)]
    public void A_start_ends_an_intent_whose_path_cannot_be_looked_at_without_losing_what_it_displaced(FileFault fault)
    {
        _scene.Directory.Write("bad/notes.txt", "new");
        _scene.Directory.Write(".actors/staging/1", "mine");
        _scene.StoreIntent(new Intent(1, File("bad/notes.txt", "new"), EntryState.File(C("old")), P("bad/notes (mine).txt"), false));
        _scene.Faulty.Failing = (_, path) => path.ToString().StartsWith("bad/") ? fault : FileFault.None;
        _scene.Recover();
        Assert.Equal("mine", _scene.Directory.Read(Assert.Single(_scene.Names(), name => name != "bad")));
        Assert.Equal("new", _scene.Directory.Read("bad/notes.txt"));
    }
}
