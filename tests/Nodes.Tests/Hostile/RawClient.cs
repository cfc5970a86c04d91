using System.Text.Json;
using Actors.Messages;
using Google.Protobuf;

namespace Nodes.Tests.Hostile;

/// <summary>A client on a bare socket that has joined, and may do what no client does.</summary>
internal sealed class RawClient : IDisposable
{
    private const string Replica = "/user/replica";

    private readonly byte[] _id = new byte[16];

    public RawClient(string server, string name)
    {
        Name = name;
        Peer = new RawPeer(server, $"Client@{name}:4000");
        System.Text.Encoding.UTF8.GetBytes(name).AsSpan(0, Math.Min(16, name.Length)).CopyTo(_id);
    }

    public string Name { get; }

    public RawPeer Peer { get; }

    public Welcome Terms { get; private set; } = new();

    public SessionKey Key => new(Terms.Session, Terms.Secret);

    /// <summary>The session's path.</summary>
    public string Session { get; private set; } = "";

    public async Task<RawClient> JoinAsync()
    {
        await Peer.AssociateAsync();
        var join = new Join
        {
            Protocol = 1,
            Node = new NodeIdentity { Id = ByteString.CopyFrom(_id), Incarnation = 1, Instance = 1 },
            Attempt = 1,
            Share = "default",
            WishedName = Name,
            Cache = $"{Peer.Address}{Replica}/cache#1",
            Watcher = $"{Peer.Address}{Replica}/watcher#2",
            Transfer = $"{Peer.Address}{Replica}/transfer#3",
        };
        await Peer.TellAsync(Peer.Registry, join, $"{Replica}#4");
        (Terms, Session) = await Peer.ReceiveAsync<Welcome>();
        return this;
    }

    /// <summary>What a push of one new folder looks like.</summary>
    public Push PushOf(ulong counter, string folder)
    {
        Actors.Messages.Changes.PathChange change = new(Actors.Messages.Tree.RelativePath.Parse(folder), 0, Actors.Messages.Tree.EntryState.Folder);
        Actors.Messages.History.EpochId.TryRead(Terms.Epoch.Span, out var epoch);
        Actors.Messages.Identity.NodeId.TryRead(_id, out var node);
        var request = new Actors.Messages.Changes.PushRequest(
            new(node, counter), "default", epoch, Terms.Session, Actors.Messages.Changes.ChangeSetDigest.Of([change]), [change]);
        return Actors.Messages.Wire.WireWriter.ToMessage(request);
    }

    public Task TellAsync(string recipient, IMessage message, string sender = Replica + "#4") => Peer.TellAsync(recipient, message, sender);

    /// <summary>How much the server has refused; its registry answers.</summary>
    public async Task<long> RefusedAsync() => (await StatusAsync()).GetProperty("refused").GetInt64();

    public async Task<JsonElement> StatusAsync()
    {
        await TellAsync(Peer.Registry, new ServerStatusQuery());
        var (reply, _) = await Peer.ReceiveAsync<ServerStatusReply>();
        using var status = JsonDocument.Parse(reply.Json);
        return status.RootElement.Clone();
    }

    public void Dispose() => Peer.Dispose();
}
