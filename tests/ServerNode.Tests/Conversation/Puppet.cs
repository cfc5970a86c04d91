using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Wire;
using Google.Protobuf;

namespace Actors.Server.Tests.Conversation;

/// <summary>A client whose every message the test plays.</summary>
internal sealed class Puppet(RegistryTestKit kit, uint id)
{
    private ulong _counter;
    private ulong _request;

    public TestProbe Connection { get; private set; } = kit.CreateTestProbe();

    public TestProbe Cache { get; } = kit.CreateTestProbe();

    public TestProbe Watcher { get; } = kit.CreateTestProbe();

    public TestProbe Transfer { get; } = kit.CreateTestProbe();

    public Welcome Terms { get; private set; } = new();

    public IActorRef Session { get; private set; } = ActorRefs.Nobody;

    /// <summary>What its messages carry.</summary>
    public SessionKey Key => new(Terms.Session, Terms.Secret);

    public NodeInstance Node { get; set; } = new(new NodeId(id), 1, 1);

    public Join JoinMessage(SharePosition? position = null) => new JoinRequest(Node, 1, "default", position)
    {
        Cache = PathOf(Cache),
        Watcher = PathOf(Watcher),
        Transfer = PathOf(Transfer),
    }.ToMessage();

    public Puppet Join(SharePosition? position = null)
    {
        kit.Registry.Tell(JoinMessage(position), Connection.Ref);
        Terms = Connection.ExpectMsg<Welcome>(RegistryTestKit.Patience);
        Session = Connection.LastSender;
        return this;
    }

    /// <summary>The connection actor of a process that comes back after its connection was lost.</summary>
    public void Reconnect()
    {
        kit.Sys.Stop(Connection.Ref);
        Connection = kit.CreateTestProbe();
    }

    public ulong Push(params PathChange[] changes)
    {
        kit.Registry.Tell(PushMessage(++_counter, changes), Watcher.Ref);
        return _counter;
    }

    public Push PushMessage(ulong counter, params PathChange[] changes)
    {
        EpochId.TryRead(Terms.Epoch.Span, out var epoch);
        return Key.Seal(new PushRequest(new PushId(Node.Id, counter), "default", epoch, Terms.Session, ChangeSetDigest.Of(changes), changes).ToMessage());
    }

    public ulong Commit(params PathChange[] changes)
    {
        Push(changes);
        return Watcher.ExpectMsg<PushAccepted>(RegistryTestKit.Patience).Seq;
    }

    public Invalidate ExpectNotice() => Cache.ExpectMsg<Invalidate>(RegistryTestKit.Patience);

    public Updates Pull(ulong after, ulong cursor)
    {
        Session.Tell(PullMessage(after, cursor), Cache.Ref);
        return Cache.FishForMessage<Updates>(page => page.Request == _request, RegistryTestKit.Patience);
    }

    public Pull PullMessage(ulong after, ulong cursor)
    {
        EpochId.TryRead(Terms.Epoch.Span, out var epoch);
        return Key.Seal(new PullRequest(Terms.Session, ++_request, epoch, after, null, cursor).ToMessage());
    }

    /// <summary>Answers what is asked of the transfer actor until the watcher is told something.</summary>
    public int Serve(IReadOnlyDictionary<ContentHash, byte[]> parts, int partsMax = int.MaxValue)
    {
        var served = 0;
        while (served < partsMax && NextPull() is { } pull)
        {
            foreach (var wanted in pull.Wanted)
            {
                Transfer.Reply(Key.Seal(new Chunk { Hash = wanted.Hash, Content = ByteString.CopyFrom(parts[new ContentHash(wanted.Hash.Span)]) }));
                served++;
            }
        }
        return served;
    }

    private PullChunks? NextPull()
    {
        kit.AwaitCondition(() => Transfer.HasMessages || Watcher.HasMessages, RegistryTestKit.Patience, TimeSpan.FromMilliseconds(1));
        return Transfer.HasMessages ? Transfer.ExpectMsg<PullChunks>() : null;
    }

    private static string PathOf(TestProbe probe) => probe.Ref.Path.ToSerializationFormat();
}
