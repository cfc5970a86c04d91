using System.Buffers.Binary;
using Actors.Messages;
using Actors.Tests.Remoting;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Hostile;

/// <summary>What a peer may send to a server's port without doing anything to the server, to its actors or to its clients.</summary>
public sealed class HostilePeerTests : Playground
{
    private const int Rounds = 200;
    private const string Type = "System.IO.FileInfo, System.Private.CoreLib";

    [Fact(Timeout = 300_000)]
    public async Task What_is_not_of_the_closed_set_is_counted_and_reaches_no_actor()
    {
        var (server, address) = await StartServerAsync();
        using var client = await new RawClient(address, "hostile").JoinAsync();
        var refused = 0;
        foreach (var recipient in (string[])[client.Peer.Registry, client.Session, $"{client.Peer.Registry}/committer", $"{client.Peer.Server}/user"])
        {
            foreach (var payload in Refused(recipient))
            {
                await client.Peer.SendAsync(Wire.Message(recipient, payload));
                refused++;
            }
        }
        foreach (var selected in Selections(client.Peer))
        {
            await client.Peer.SendAsync(selected);
            refused++;
        }

        Assert.Equal(refused, await client.RefusedAsync());
        await AssertServesAsync(client);
        var warnings = server.Lines().Count(line => line.Contains("Refused from", StringComparison.Ordinal));
        Assert.InRange(warnings, 1, 20);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_system_message_that_nodes_do_not_take_ends_its_connection_and_nothing_else()
    {
        var (_, address) = await StartServerAsync();
        using var client = await new RawClient(address, "good").JoinAsync();
        long refused = 0;
        foreach (var name in (string[])["Create", "Recreate", "Suspend", "Resume", "Terminate", "Failed", "Supervise"])
        {
            foreach (var recipient in (string[])[client.Peer.Registry, client.Session, $"{client.Peer.Registry}/committer", $"{client.Peer.Server}/user"])
            {
                using var peer = await new RawPeer(address, $"Client@stranger{refused}:4000").AssociateAsync();
                await peer.SendAsync(Wire.Message(recipient, Wire.Payload(22, $"Akka.Dispatch.SysMsg.{name}, Akka", []), number: 0));
                await peer.ReceiveEndAsync();
                refused++;
            }
        }
        foreach (var (manifest, body) in ((string, byte[])[])[
            (Wire.Watch, Wire.Watched(client.Session, $"{client.Peer.Address}/user/replica#4")),
            (Wire.Unwatch, Wire.Watched(client.Session, $"{client.Peer.Address}/user/replica#4")),
            (Wire.DeathWatchNotification, [.. Wire.Watched($"{client.Peer.Address}/user/replica#4"), .. Wire.Number(2, 1)])])
        {
            using var peer = await new RawPeer(address, $"Client@stranger{refused}:4000").AssociateAsync();
            await peer.SendAsync(Wire.Message(client.Session, Wire.Payload(22, manifest, body), number: 0));
            await peer.ReceiveEndAsync();
            refused++;
        }

        Assert.Equal(refused, await client.RefusedAsync());
        await AssertServesAsync(client);
    }

    [Fact(Timeout = 300_000)]
    public async Task Ten_thousand_selections_in_each_other_cost_the_server_nothing()
    {
        var (server, address) = await StartServerAsync();
        using var client = await new RawClient(address, "nesting").JoinAsync();
        var nested = RawPeer.PayloadOf(new ServerStatusQuery());
        for (var depth = 0; depth < 10_000; depth++)
            nested = Wire.Payload(6, "", Wire.Content(1, nested));
        Assert.InRange(nested.Length, 0, 127_000);
        for (var round = 0; round < 20; round++)
            await client.Peer.SendAsync(Wire.Message($"{client.Peer.Server}/", nested));
        Assert.Equal(20, await client.RefusedAsync());
        await AssertServesAsync(client);
        Assert.False(server.HasExited);
    }

    [Theory(Timeout = 300_000)]
    [InlineData(0)]
    [InlineData(128_001)]
    [InlineData(int.MaxValue)]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    public async Task A_frame_of_an_impossible_length_ends_its_connection_at_most(int length)
    {
        var (_, address) = await StartServerAsync();
        using var client = await new RawClient(address, "good").JoinAsync();
        using var peer = new RawPeer(address, "Client@impossible:4000");
        await peer.ConnectAsync();
        var bytes = new byte[4 + 2048];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        await peer.SendRawAsync(bytes);
        await AssertServesAsync(client);
    }

    [Fact(Timeout = 300_000)]
    public async Task Frames_with_random_faults_never_hurt_another_peer()
    {
        const int seed = 11;
        var (_, address) = await StartServerAsync();
        using var client = await new RawClient(address, "good").JoinAsync();
#pragma warning disable RS0030 // The seed is fixed: a test's own randomness.
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            using var peer = await new RawPeer(address, $"Client@garbage{round}:4000").AssociateAsync();
            var frame = Wire.Message(client.Peer.Registry, RawPeer.PayloadOf(client.Key.Seal(client.PushOf(1, "x"))), $"{peer.Address}/user/replica#1");
            for (var changes = random.Next(1, 30); changes > 0; changes--)
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
            await peer.SendAsync(frame);
        }
#pragma warning restore RS0030
        await AssertServesAsync(client);
    }

    /// <summary>The server commits what the client pushes: registry, session and committer are alive.</summary>
    private static async Task AssertServesAsync(RawClient client)
    {
        await client.TellAsync(client.Peer.Registry, client.Key.Seal(client.PushOf(1, "served")));
        Assert.Equal(1UL, (await client.Peer.ReceiveAsync<PushAccepted>()).Message.Seq);
        await client.TellAsync(client.Session, client.Key.Seal(new HeadQuery { Request = 7 }));
        Assert.Equal(1UL, (await client.Peer.ReceiveAsync<HeadReply>()).Message.Head);
    }

    private static IEnumerable<byte[]> Refused(string recipient)
    {
        yield return Wire.Payload(0, "", []);
        yield return Wire.Payload(1, Type, "{\"$type\":\"System.IO.FileInfo\",\"fileName\":\"x\"}"u8.ToArray());
        yield return Wire.Payload(2, Type, []);
        yield return Wire.Payload(2, "Actors.Messages.Push, Messages", []);
        yield return Wire.Payload(3, "", [1, 2, 3]);
        yield return Wire.Payload(4, "", [1, 2, 3]);
        yield return Wire.Payload(17, "S", [65]);
        yield return Wire.Payload(999, Type, []);
        yield return Wire.Payload(MessageSerializer.Id, "ZZ", []);
        foreach (var manifest in (string[])["PP", "K", "IR", "AR", "LS", "RS", "CF", "FC", "DR", "RORRP", "ROBP", "RORP", "ROSGP", "ROTCP", "ROCHP", "RORRC", "STF", "STS", "RWHB"])
            yield return Wire.Payload(16, manifest, []);
        yield return Wire.Payload(16, "ID", Wire.Content(1, Wire.Payload(1, Type, [])));
        yield return Wire.Payload(6, "", Wire.Content(1, RawPeer.PayloadOf(new ServerStatusQuery())));
        if (recipient.EndsWith("/committer", StringComparison.Ordinal) || recipient.EndsWith("/user", StringComparison.Ordinal))
            yield return RawPeer.PayloadOf(new ServerStatusQuery());
    }

    private static IEnumerable<byte[]> Selections(RawPeer peer)
    {
        var query = RawPeer.PayloadOf(new ServerStatusQuery());
        var root = $"{peer.Server}/";
        yield return Wire.Message(root, Wire.Selection(query, "user", "registry", "committer"));
        yield return Wire.Message(root, Wire.Selection(query, "user", "*"));
        yield return Wire.Message(root, Wire.Selection(query, "user", "registry", ".."));
        yield return Wire.Message(root, Wire.Selection(Wire.Payload(16, "PP", []), "user", "registry"));
        yield return Wire.Message(root, Wire.Selection(Wire.Payload(16, "K", []), "system", "remote-watcher"));
        yield return Wire.Message(root, Wire.Selection(Wire.Payload(22, "Akka.Dispatch.SysMsg.Suspend, Akka", []), "user", "registry"));
        yield return Wire.Message(peer.Registry, query, "akka.tcp://Client@another:4000/user/replica#1");
        yield return Wire.Message("akka.tcp://Server@127.0.0.1:1/user/registry", query);
        yield return Wire.Message("nonsense", query);
    }
}
