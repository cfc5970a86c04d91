using Actors.Client.Cache;
using Actors.Messages;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

public sealed class NewNamesTests
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(50);
    private readonly ReplicaScene _scene = new(newNameQuiet: Quiet);

    [Fact]
    public void What_an_editor_renames_over_a_file_is_neither_pushed_nor_told()
    {
        _scene.JoinAt(1, File("a", "old", 1));
        _scene.Story.Clear();
        _scene.Save("a.tmp", "new");
        _scene.Remove("a.tmp");
        _scene.Save("a", "new");
        _scene.BelieveNewNames(Quiet);
        Assert.Equal("a", Assert.Single(Assert.Single(_scene.Pushes()).Changes).Path.ToString());
        Assert.Equal(["Modifications made to the file: a"], _scene.Story);
    }

    [Fact]
    public void A_new_name_that_stays_is_pushed_and_told_once()
    {
        _scene.JoinAt(0);
        _scene.Story.Clear();
        _scene.Save("a", "one");
        Assert.Empty(_scene.Pushes());
        Assert.Empty(_scene.Story);
        _scene.BelieveNewNames(Quiet);
        Assert.Single(_scene.Pushes());
        Assert.Equal(["Modifications made to the file: a"], _scene.Story);
    }

    [Fact]
    public void Of_very_many_names_and_deletions_at_once_a_hundred_are_told_by_name()
    {
        _scene.JoinAt(0);
        _scene.Story.Clear();
        for (var i = 0; i < 150; i++)
            _scene.Save($"{i}", "text");
        _scene.BelieveNewNames(Quiet);
        _scene.Do(replica => replica.Tick());
        Assert.Equal(101, _scene.Story.Count);
        Assert.Equal("Modifications made to the file: 50 more", _scene.Story[^1]);
        foreach (var push in _scene.Pushes())
            _scene.Accept(push.Counter, push.Counter, push.Counter);
        _scene.Story.Clear();
        for (var i = 0; i < 150; i++)
            _scene.Remove($"{i}");
        _scene.Do(replica => replica.Tick());
        _scene.BelieveAbsences();
        _scene.Do(replica => replica.Tick());
        Assert.Equal(101, _scene.Story.Count);
    }

    [Fact]
    public void A_known_name_waits_for_nothing()
    {
        _scene.JoinAt(1, File("a", "old", 1));
        _scene.Save("a", "new");
        Assert.Single(_scene.Pushes());
    }

    [Fact]
    public void A_name_waits_once_and_not_again_for_a_server()
    {
        _scene.Save("a", "mine");
        _scene.BelieveNewNames(Quiet);
        _scene.Save("a", "mine too");
        _scene.JoinAt(0);
        Assert.Single(_scene.Pushes());
        Assert.Equal(2, _scene.Story.Count(line => line == "Modifications made to the file: a"));
    }

    [Fact]
    public void A_name_that_comes_again_waits_again()
    {
        _scene.JoinAt(0);
        _scene.Save("a", "1");
        _scene.BelieveNewNames(Quiet / 2);
        _scene.Remove("a");
        _scene.Save("a", "2");
        _scene.BelieveNewNames(Quiet / 2);
        Assert.Empty(_scene.Pushes());
        _scene.BelieveNewNames(Quiet / 2);
        Assert.Single(_scene.Pushes());
    }

    [Fact]
    public void A_name_that_is_gone_when_its_time_has_come_is_not_believed_and_waits_for_what_is_seen()
    {
        _scene.JoinAt(0);
        _scene.Save("a", "1");
        _scene.Vanish("a");
        _scene.BelieveNewNames(Quiet);
        Assert.Empty(_scene.Pushes());
        Assert.False(_scene.Replica.IsSettled);
        _scene.Look("a");
        Assert.True(_scene.Replica.IsSettled);
    }

    [Fact]
    public void What_is_in_a_new_directory_does_not_travel_before_the_directory()
    {
        _scene.JoinAt(0);
        _scene.Save("d", null);
        _scene.BelieveNewNames(Quiet / 2);
        _scene.Save("d/a", "1");
        _scene.BelieveNewNames(Quiet / 2);
        Assert.Equal("d", Assert.Single(Assert.Single(_scene.Pushes()).Changes).Path.ToString());
        _scene.BelieveNewNames(Quiet / 2);
        Assert.Empty(_scene.Pushes());
    }

    [Fact]
    public void A_replica_with_a_name_that_waits_is_not_settled()
    {
        _scene.JoinAt(0);
        Assert.True(_scene.Replica.IsSettled);
        _scene.Save("a", "1");
        Assert.False(_scene.Replica.IsSettled);
        _scene.BelieveNewNames(Quiet);
        var push = Assert.Single(_scene.Pushes());
        _scene.Accept(push.Counter, 1, 1);
        _scene.Do(replica => replica.Tick());
        _scene.Answer(1, File("a", "1", 1));
        Assert.True(_scene.Replica.IsSettled);
    }

    [Fact]
    public void A_name_that_the_registry_has_meanwhile_is_no_new_one()
    {
        _scene.JoinAt(0);
        _scene.Save("a", "mine");
        _scene.Notice(1, ("a", 1));
        _scene.Answer(1, File("a", "mine", 1));
        Assert.True(_scene.Replica.IsSettled);
        Assert.Empty(_scene.Pushes());
        _scene.Save("a", "more");
        Assert.Single(_scene.Pushes());
    }

    [Fact]
    public void What_was_agreed_on_with_another_history_does_not_wait_and_is_no_news()
    {
        _scene.JoinAt(1, File("a", "old", 1));
        _scene.Story.Clear();
        _scene.Join(resumed: false, head: 0);
        _scene.Answer(0);
        Assert.Single(_scene.Pushes());
        Assert.Empty(_scene.Story);
    }

    [Fact]
    public void A_push_that_was_refused_does_not_wait_again()
    {
        _scene.JoinAt(0);
        _scene.Save("a", "mine");
        _scene.BelieveNewNames(Quiet);
        var push = Assert.Single(_scene.Pushes());
        _scene.Do(replica => replica.Outgoing.Refuse(new RefusedPush(push.Counter, PushRejection.Stale, [], "stale"), 1));
        _scene.Answer(1, File("b", "theirs", 1));
        Assert.Single(_scene.Pushes());
    }
}
