using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Google.Protobuf;
using Xunit;

namespace Actors.Messages.Tests.Wire;

public sealed class RequestReaderTests
{
    private static readonly byte[] SomeBytes = "hello"u8.ToArray();
    private static readonly EpochId SomeEpoch = new(77);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var push = SomePush();
        Assert.True(RequestReader.TryRead(Copy(push.ToMessage()), out var pushRead, out _));
        Assert.Equal(push.ToMessage(), pushRead.ToMessage());

        var join = new JoinRequest(new NodeInstance(new NodeId(1), 2, 3), 4, "default", new SharePosition(SomeEpoch, 5, ContentHash.Of(SomeBytes)))
        {
            Newest = new SharePosition(SomeEpoch, 7, ContentHash.Of(SomeBytes)),
            WishedName = "Anna's",
            InDoubt = [new DoubtfulPush(6, push.Digest)],
            SettledThrough = 5,
            Cache = "akka.tcp://a",
            Watcher = "akka.tcp://b",
            Transfer = "akka.tcp://c",
        };
        Assert.True(RequestReader.TryRead(Copy(join.ToMessage()), out var joinRead, out _));
        Assert.Equal(join.ToMessage(), joinRead.ToMessage());
        Assert.True(RequestReader.TryRead((join with { Position = null }).ToMessage(), out joinRead, out _));
        Assert.Null(joinRead.Position);

        var pull = new PullRequest(1, 2, SomeEpoch, 3, RelativePath.Parse("a"), 4);
        Assert.True(RequestReader.TryRead(Copy(pull.ToMessage()), out var pullRead, out _));
        Assert.Equal(pull, pullRead);

        var page = SomePage(new TreeEntry(RelativePath.Parse("b"), EntryState.Absent, 3), new TreeEntry(RelativePath.Parse("a"), EntryState.Folder, 4));
        Assert.True(RequestReader.TryRead(Copy(page.ToMessage()), out var pageRead, out _));
        Assert.Equal(page.ToMessage(), pageRead.ToMessage());
    }

    [Fact]
    public void Content_that_does_not_ride_along_is_absent_and_not_empty()
    {
        var entry = new TreeEntry(RelativePath.Parse("a"), EntryState.File(ContentRef.Of("text"u8)), 1);
        Assert.True(EntryReader.TryRead(entry.ToMessage(), out var without, out _));
        Assert.Null(without.Inline);
        Assert.True(EntryReader.TryRead(entry.ToMessage("text"u8.ToArray()), out var with, out _));
        Assert.Equal("text"u8.ToArray(), with.Inline!.Value.ToArray());
    }

    [Fact]
    public void A_malformed_push_is_refused_with_the_reason()
    {
        Refused("16 bytes", push => push.Node = ByteString.CopyFromUtf8("x"));
        Refused("epoch", push => push.Epoch = ByteString.Empty);
        Refused("start at 1", push => push.Counter = 0);
        Refused("digest", push => push.Digest = ByteString.Empty);
        Refused("not that of the changes", push => push.Changes[0].Base++);
        Refused("1 to 1000", push => push.Changes.Clear());
        Refused("twice", push => push.Changes.Add(push.Changes[0].Clone()));
        Refused("'..'", push => push.Changes[0].Path = ByteString.CopyFromUtf8("../etc/passwd"));
        Refused("reserved", push => push.Changes[0].Path = ByteString.CopyFromUtf8(".actors/lock"));
        Refused("neither", push => push.Changes[0].ClearTo());
        Refused("32 bytes", push => push.Changes[0].File.Hash = ByteString.CopyFromUtf8("x"));
        Refused("single chunk", push => push.Changes[0].File.Root = ByteString.CopyFrom(new byte[32]));
        Refused("larger than", push => push.Changes[0].File.Size = ulong.MaxValue);
        Refused("promised size", push => push.Changes[0].File.Content = ByteString.CopyFromUtf8("hell"));
        Refused("promised hash", push => push.Changes[0].File.Content = ByteString.CopyFromUtf8("jello"));
    }

    [Fact]
    public void Too_many_changes_and_too_much_inline_content_are_refused()
    {
        var many = new Push(SomePush().ToMessage());
        many.Changes.Clear();
        for (var i = 0; i <= Limits.ChangesPerPushMax; i++)
            many.Changes.Add(new Change { Path = ByteString.CopyFromUtf8($"f{i}"), Deletion = new Deletion() });
        Assert.False(RequestReader.TryRead(many, out _, out var reason));
        Assert.Contains("1001", reason);

        var bytes = new byte[60_000];
        var much = new Push(SomePush().ToMessage());
        much.Changes.Clear();
        much.Changes.Add(new PathChange(RelativePath.Parse("a"), 0, EntryState.File(ContentRef.Of(bytes))) { Inline = bytes }.ToMessage());
        much.Changes.Add(new PathChange(RelativePath.Parse("b"), 0, EntryState.File(ContentRef.Of(bytes))) { Inline = bytes }.ToMessage());
        Assert.False(RequestReader.TryRead(much, out _, out reason));
        Assert.Contains("102400", reason);
    }

    [Fact]
    public void A_page_out_of_order_is_refused()
    {
        var page = SomePage(new TreeEntry(RelativePath.Parse("a"), EntryState.Absent, 4), new TreeEntry(RelativePath.Parse("b"), EntryState.Folder, 3));
        Assert.False(RequestReader.TryRead(page.ToMessage(), out UpdatesPage? _, out var reason));
        Assert.Contains("ascend", reason);
    }

    [Fact]
    public void A_malformed_join_is_refused_with_the_reason()
    {
        RefusedJoin("node id", join => join.Node = null);
        RefusedJoin("share's name", join => join.Share = "");
        RefusedJoin("share's name", join => join.Share = "a\nb");
        RefusedJoin("node's name", join => join.WishedName = new string('x', 65));
        RefusedJoin("position's epoch", join => join.Position = new Position());
        RefusedJoin("position's epoch", join => join.Newest = new Position());
        RefusedJoin("actor paths", join => join.Cache = "");
        RefusedJoin("ascend", join => join.InDoubt.Add(new PushInDoubt { Digest = ByteString.CopyFrom(new byte[32]) }));
        RefusedJoin("more than 64", join => join.InDoubt.Add(Enumerable.Range(1, 65).Select(_ => new PushInDoubt())));
    }

    private static void Refused(string reason, Action<Push> damage)
    {
        var message = Copy(SomePush().ToMessage());
        damage(message);
        Assert.False(RequestReader.TryRead(message, out _, out var given));
        Assert.Contains(reason, given);
    }

    private static void RefusedJoin(string reason, Action<Join> damage)
    {
        var message = new JoinRequest(new NodeInstance(new NodeId(1), 2, 3), 4, "default", null) { Cache = "a", Watcher = "b", Transfer = "c" }.ToMessage();
        Assert.True(RequestReader.TryRead(message, out _, out _));
        damage(message);
        Assert.False(RequestReader.TryRead(message, out _, out var given));
        Assert.Contains(reason, given);
    }

    private static PushRequest SomePush()
    {
        PathChange[] changes =
        [
            new(RelativePath.Parse("a"), 1, EntryState.File(ContentRef.Of(SomeBytes))) { Inline = SomeBytes, SnapshotOfOpenFile = true },
            new(RelativePath.Parse("b"), 2, EntryState.Folder),
            new(RelativePath.Parse("c"), 3, EntryState.Absent),
            new(RelativePath.Parse("d"), 0, EntryState.File(ContentRef.Empty)) { Inline = ReadOnlyMemory<byte>.Empty },
            new(RelativePath.Parse("e"), 0, EntryState.File(new ContentRef(ContentHash.Of("x"u8), 1 << 30, ContentHash.Of("y"u8)))),
        ];
        return new PushRequest(new PushId(new NodeId(5), 6), "default", SomeEpoch, 7, ChangeSetDigest.Of(changes), changes) { SettledThrough = 5 };
    }

    private static UpdatesPage SomePage(params TreeEntry[] entries) =>
        new(1, 2, [.. entries.Select(entry => new ReceivedEntry(entry with { Author = 3, CommittedAtUs = 4 }, null))], true, new SharePosition(SomeEpoch, 9, default));

    private static T Copy<T>(T message)
        where T : IMessage<T> => (T)message.Descriptor.Parser.ParseFrom(message.ToByteArray());
}
