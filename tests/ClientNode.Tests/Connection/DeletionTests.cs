using Actors.Messages;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Connection;

public sealed class DeletionTests : ConnectionTestKit
{
    private static readonly TreeEntry Notes = new(RelativePath.Parse("notes.txt"), EntryState.File(ContentRef.Of("theirs"u8)), 1);

    [Fact]
    public void A_deletion_of_what_is_there_again_is_not_sent_the_first_time()
    {
        StartWithNotes();
        var isBack = false;
        Files.Flushing = _ =>
        {
            if (isBack || File.Exists(Directory["notes.txt"]))
                return;
            isBack = true;
            Directory.Write("notes.txt", "theirs");
        };
        File.Delete(Directory["notes.txt"]);
        AwaitAssert(() => Assert.True(isBack), Patience);
        Directory.Write("later.txt", "later");
        Assert.Equal("later.txt", Assert.Single(Registry.FishForMessage<Push>(_ => true, Patience).Changes).Path.ToStringUtf8());
    }

    [Fact]
    public void A_deletion_of_what_is_there_again_is_not_sent_a_second_time()
    {
        var connection = StartWithNotes();
        File.Delete(Directory["notes.txt"]);
        var push = Registry.FishForMessage<Push>(_ => true, Patience);
        Assert.Equal("notes.txt", Assert.Single(push.Changes).Path.ToStringUtf8());
        Directory.Write("notes.txt", "theirs");
        // Without an outcome it would be sent again after five seconds.
        var join = Registry.ExpectMsg<Join>(Patience);
        Assert.Equal(push.Counter, Assert.Single(join.InDoubt).Counter);
        var welcome = WelcomeTo(join);
        welcome.Resumed = true;
        welcome.Head = 1;
        welcome.Outcomes.Add(new PushOutcome { Counter = push.Counter, Undecided = new() });
        connection.Tell(welcome, Session.Ref);
        Answer(join, 1);
        Directory.Write("later.txt", "later");
        Assert.Equal("later.txt", Assert.Single(Registry.FishForMessage<Push>(_ => true, Patience).Changes).Path.ToStringUtf8());
    }

    private IActorRef StartWithNotes()
    {
        var connection = Start();
        Welcome(connection, ExpectJoin(), answersPull: false);
        Answer(LastJoin, 1, Notes, "theirs"u8.ToArray());
        AwaitAssert(() => Assert.Equal("theirs", Directory.Read("notes.txt")), Patience);
        AwaitAssert(() => Assert.Contains(Store.ReadSynced(), entry => entry.Path == Notes.Path), Patience);
        return connection;
    }
}
