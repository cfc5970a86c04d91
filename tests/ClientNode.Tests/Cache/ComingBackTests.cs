using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Tree;
using static Actors.Client.Tests.Cache.ReplicaScene;

namespace Actors.Client.Tests.Cache;

/// <summary>A directory that goes away, or is hidden by something else in its place, and comes back with all that was in it.</summary>
public sealed class ComingBackTests
{
    private readonly ReplicaScene _scene = new();

    public ComingBackTests()
    {
        _scene.JoinAt(4, Folder("d", 1), File("d/f", "text", 2), Folder("d/sub", 3), File("d/sub/g", "deep", 4));
        _scene.Effects();
    }

    [Fact]
    public void What_is_listed_is_there_before_it_is_read()
    {
        _scene.Do(replica => replica.Leave());
        _scene.Remove("d");
        _scene.BelieveAbsences();
        _scene.Do(replica => replica.Observe(new Observation.Folder(P("d"), default)));
        Assert.Equal([P("d/f")], Listed("d", FileItem("d/f"), FolderItem("d/sub")));
        _scene.Join(resumed: true, head: 4);
        _scene.Answer(4);
        Assert.Empty(_scene.Pushes());
        Assert.Equal([P("d/sub/g")], Listed("d/sub", FileItem("d/sub/g")));
        ReadAll();
        Assert.Empty(_scene.Pushes());
    }

    [Fact]
    public void What_is_not_listed_when_its_directory_comes_back_is_deleted_after_another_look()
    {
        _scene.Do(replica => replica.Leave());
        _scene.Remove("d");
        _scene.BelieveAbsences();
        Listed("d", FolderItem("d/sub"));
        Listed("d/sub", FileItem("d/sub/g"));
        _scene.Join(resumed: true, head: 4);
        _scene.Answer(4);
        Assert.Empty(_scene.Pushes());
        _scene.BelieveAbsences();
        Assert.Equal([P("d/f")], _scene.Pushes().SelectMany(push => push.Changes).Select(change => change.Path));
    }

    [Fact]
    public void What_something_else_in_the_place_of_a_directory_hides_is_held_and_not_gone()
    {
        _scene.Remove("d");
        _scene.Do(replica => replica.Observe(new Observation.Unfit(P("d"), "a link")));
        Assert.Empty(_scene.Replica.Local.AbsencesDue());
        _scene.BelieveAbsences();
        Assert.Equal([P("d")], _scene.Replica.Report().Held.Keys);
        Assert.True(_scene.Replica.IsSettled);
        Listed("", FolderItem("d"));
        Listed("d", FileItem("d/f"), FolderItem("d/sub"));
        _scene.BelieveAbsences();
        Assert.Empty(_scene.Pushes());
        Listed("d/sub", FileItem("d/sub/g"));
        ReadAll();
        Assert.Empty(_scene.Pushes());
        Assert.Empty(_scene.Replica.Report().Held);
    }

    [Fact]
    public void What_is_found_hidden_at_the_start_is_held_too()
    {
        var scene = new ReplicaScene(_scene.Store, isScanned: false);
        scene.Do(replica => replica.Observe(new Observation.Unfit(P("d"), "a link")));
        scene.Do(replica => replica.FinishScan());
        Assert.Null(scene.Replica.Local.AbsenceDueNs);
        scene.Do(replica => replica.Observe(new Observation.Folder(P("d"), default)));
        scene.JoinAt(4);
        scene.BelieveAbsences();
        Assert.Empty(scene.Pushes());
    }

    [Fact]
    public void What_was_hidden_and_is_not_listed_any_more_is_deleted()
    {
        _scene.Do(replica => replica.Observe(new Observation.Unfit(P("d"), "a link")));
        Listed("");
        _scene.BelieveAbsences();
        Assert.Equal([P("d/sub/g"), P("d/sub"), P("d/f"), P("d")], _scene.Pushes().SelectMany(push => push.Changes).Select(change => change.Path));
    }

    [Fact]
    public void What_lay_in_a_directory_that_nobody_knows_any_more_is_gone_too()
    {
        var changes = new ReplicaChanges();
        // The registry had deleted the directory already, and something hid what was in it.
        changes.Synced[P("d/sub")] = null;
        _scene.Store.Commit(changes);
        var scene = new ReplicaScene(_scene.Store, isScanned: false);
        scene.Do(replica => replica.FinishScan());
        scene.BelieveAbsences();
        scene.Do(replica => replica.Observe(new Observation.Listing(P("d"), [FileItem("d/f")])));
        scene.Save("d/f", "text");
        scene.BelieveAbsences();
        scene.JoinAt(5, Gone("d/sub/g", 5));
        Assert.Empty(scene.Pushes());
        Assert.True(scene.Replica.IsSettled);
    }

    [Fact]
    public void What_lay_in_a_directory_that_is_a_file_by_now_is_gone_too()
    {
        _scene.Do(replica => replica.Leave());
        _scene.Remove("d/sub");
        _scene.BelieveAbsences();
        _scene.Do(replica => replica.Observe(new Observation.Unfit(P("d"), "a mount")));
        _scene.Read("d/sub", "a file", inode: 7, isSettled: false);
        Listed("d", FileItem("d/f"), FileItem("d/sub"));
        _scene.Save("d/f", "text");
        _scene.Read("d/sub", "a file", inode: 7, isSettled: true);
        _scene.BelieveAbsences();
        _scene.Join(resumed: true, head: 4);
        _scene.Answer(4);
        Assert.Equal([P("d/sub/g"), P("d/sub")], _scene.Pushes().SelectMany(push => push.Changes).Select(change => change.Path));
    }

    [Fact]
    public void A_file_in_the_place_of_a_hidden_directory_ends_what_was_in_it()
    {
        _scene.Do(replica => replica.Observe(new Observation.Unfit(P("d"), "a link")));
        _scene.Vanish("d/f");
        _scene.Vanish("d/sub/g");
        _scene.Vanish("d/sub");
        _scene.Save("d", "a file");
        _scene.BelieveAbsences();
        Assert.Equal([P("d/sub/g"), P("d/sub"), P("d/f"), P("d")], _scene.Pushes().SelectMany(push => push.Changes).Select(change => change.Path));
    }

    [Fact]
    public void A_push_that_was_not_sent_because_a_file_is_there_again_is_withdrawn_and_the_rest_of_it_decided_on_anew()
    {
        var push = DeleteAll();
        _scene.Put("d", null);
        _scene.Put("d/f", "text");
        _scene.Do(replica => replica.Outgoing.Withhold(push, isRepeat: false, [P("d/f"), P("d")]));
        Assert.DoesNotContain(_scene.Replica.Outgoing.InDoubt, open => open.Counter == push.Counter);
        Assert.Equal([P("d/sub/g"), P("d/sub")], _scene.Pushes().SelectMany(other => other.Changes).Select(change => change.Path));
    }

    [Fact]
    public void A_push_that_may_have_been_sent_is_not_sent_again_where_a_file_is_there_again_but_asked_for_in_a_new_session()
    {
        var push = DeleteAll();
        _scene.Clock.Advance(TimeSpan.FromSeconds(6));
        _scene.Do(replica => replica.Tick());
        Assert.True(Assert.Single(_scene.Effects().OfType<ReplicaEffect.SendPush>()).IsRepeat);
        _scene.Put("d", null);
        _scene.Put("d/f", "text");
        _scene.Do(replica => replica.Outgoing.Withhold(push, isRepeat: true, [P("d/f"), P("d")]));
        Assert.Single(_scene.Effects().OfType<ReplicaEffect.Rejoin>());
        Assert.Equal(push, Assert.Single(_scene.Replica.Outgoing.InDoubt));
        _scene.Do(replica => replica.Leave());
        _scene.Join(resumed: true, 4, new DoubtOutcome(push.Counter, null, null));
        _scene.Answer(4);
        Assert.DoesNotContain(_scene.Pushes().SelectMany(other => other.Changes), change => change.Path == P("d/f"));
    }

    [Fact]
    public void What_comes_back_after_its_deletion_was_committed_is_committed_again_and_is_no_conflict()
    {
        var push = DeleteAll();
        _scene.Put("d", null);
        _scene.Put("d/f", "text");
        _scene.Do(replica => replica.Outgoing.Withhold(push, isRepeat: true, [P("d/f"), P("d")]));
        _scene.Do(replica => replica.Leave());
        _scene.Effects();
        _scene.Join(resumed: true, 5, new DoubtOutcome(push.Counter, At(5), null));
        _scene.Answer(5);
        Assert.Equal([P("d"), P("d/f")], _scene.Pushes().SelectMany(other => other.Changes).Select(change => change.Path));
    }

    private Client.Storage.StoredPush DeleteAll()
    {
        _scene.Remove("d");
        _scene.BelieveAbsences();
        return Assert.Single(_scene.Pushes());
    }

    private void ReadAll()
    {
        _scene.Save("d/f", "text");
        _scene.Save("d/sub/g", "deep");
        _scene.BelieveAbsences();
    }

    private IReadOnlyList<RelativePath> Listed(string directory, params ListedItem[] items)
    {
        IReadOnlyList<RelativePath> unread = [];
        _scene.Do(replica => unread = replica.Observe(new Observation.Listing(directory.Length == 0 ? RelativePath.Root : P(directory), items)));
        return unread;
    }

    private static ListedItem FileItem(string path) => new(P(path), new FileStat(FileKind.Regular, 1, default, 0), false);

    private static ListedItem FolderItem(string path) => new(P(path), new FileStat(FileKind.Directory, 1, default, 0), false);
}
