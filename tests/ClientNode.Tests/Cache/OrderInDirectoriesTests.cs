using Actors.Client.Cache;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

/// <summary>What comes and goes with a directory has a place in the order too.</summary>
public sealed class OrderInDirectoriesTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);
    private readonly ReplicaScene _scene = new(newNameQuiet: Quiet);

    public OrderInDirectoriesTests()
    {
        _scene.JoinAt(1, File("pointer", "old", 1), File("b", "old", 1));
        foreach (var name in _scene.Names)
            _scene.Look(name);
    }

    [Fact]
    public void What_is_in_a_directory_that_was_made_anew_came_after_what_was_completed_before_that()
    {
        _scene.Complete("d/blob", "old");
        _scene.NoticeAt("b");
        _scene.NoticeAt("d");
        _scene.Put("d/blob", "see b");
        _scene.Do(replica => replica.Observe(new Observation.Listing(P("d"), [new ListedItem(P("d/blob"), default, IsLookedAtApart: false)])));
        _scene.Look("d/blob");
        _scene.BelieveNewNames(Quiet);
        Assert.Empty(_scene.Pushes());
        _scene.Save("b", "new");
        Assert.Equal("b", _scene.Pushes()[0].Changes[0].Path.ToString());
    }

    [Fact]
    public void What_is_found_in_a_new_directory_has_its_place_and_a_later_save_waits_until_it_is_read()
    {
        _scene.Complete("d", null);
        _scene.Put("d/blob", "d");
        _scene.Complete("pointer", "see d/blob");
        _scene.Do(replica => Assert.Single(replica.Observe(new Observation.Listing(P("d"), [new ListedItem(P("d/blob"), default, IsLookedAtApart: false)]))));
        _scene.BelieveNewNames(Quiet);
        var directory = Assert.Single(_scene.Pushes());
        Assert.Equal("d", Assert.Single(directory.Changes).Path.ToString());
        _scene.Accept(directory.Counter, 2, 2);
        _scene.Look("d/blob");
        _scene.BelieveNewNames(Quiet);
        Assert.Equal(["d/blob, pointer"], Sent());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_gone_keeps_its_place_when_its_directory_is_listed(bool withDirectory)
    {
        _scene.JoinAt(3, Folder("d", 2), File("d/blob", "d", 3));
        _scene.Look("d/blob");
        _scene.Delete(withDirectory ? "d" : "d/blob");
        _scene.Complete("pointer", "d/blob is gone");
        _scene.Complete("d", null);
        _scene.Do(replica => replica.Observe(new Observation.Listing(P("d"), [])));
        Assert.Empty(_scene.Pushes());
        _scene.BelieveAbsences();
        Assert.Equal(["d/blob, pointer"], Sent());
    }

    [Fact]
    public void What_was_found_gone_without_a_notice_has_its_directorys_place()
    {
        _scene.JoinAt(4, Folder("d", 2), File("d/blob", "d", 3), File("d/other", "d", 4));
        _scene.Look("d/blob");
        _scene.Look("d/other");
        _scene.Complete("pointer", new string('x', 70_000));
        var upload = Assert.Single(_scene.Pushes());
        _scene.Vanish("d/blob");
        _scene.Look("d/blob");
        _scene.NoticeAt("d");
        _scene.Do(replica => replica.Observe(new Observation.Listing(P("d"), [])));
        _scene.BelieveAbsences();
        Assert.Empty(_scene.Pushes());
        _scene.Accept(upload.Counter, 5, 5);
        Assert.Equal(["d/other, d/blob"], Sent());
    }

    [Fact]
    public void What_could_not_be_looked_at_keeps_its_place_when_its_directory_goes()
    {
        _scene.JoinAt(3, Folder("d", 2), File("d/blob", "d", 3));
        _scene.Look("d/blob");
        _scene.NoticeAt("d/blob");
        _scene.Do(replica => replica.Observe(new Observation.Unfit(P("d/blob"), "a mount that does not answer")));
        _scene.Complete("pointer", "d/blob is gone");
        _scene.Delete("d");
        Assert.Empty(_scene.Pushes());
        _scene.BelieveAbsences();
        Assert.Equal(["d/blob, pointer, d"], Sent());
    }

    [Fact]
    public void What_was_gone_when_its_place_could_not_be_looked_at_keeps_its_own()
    {
        _scene.JoinAt(3, Folder("d", 2), File("d/blob", "d", 3));
        _scene.Look("d/blob");
        _scene.Delete("d/blob");
        _scene.NoticeAt("d");
        _scene.Do(replica => replica.Observe(new Observation.Unfit(P("d"), "input/output error")));
        _scene.Complete("pointer", "d/blob is gone");
        _scene.Complete("d", "a file now");
        Assert.Empty(_scene.Pushes());
        _scene.BelieveAbsences();
        Assert.Equal("d/blob", Sent().First().Split(", ")[0]);
    }

    private IEnumerable<string> Sent() =>
        _scene.Pushes().Select(push => string.Join(", ", push.Changes.Select(change => change.Path)));
}
