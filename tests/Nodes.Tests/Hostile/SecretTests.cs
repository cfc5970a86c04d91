using Actors.Messages;
using Google.Protobuf;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Hostile;

/// <summary>Clients that are let in are not each other's friends.</summary>
public sealed class SecretTests : Playground
{
    [Fact(Timeout = 300_000)]
    public async Task What_one_client_sends_in_anothers_name_is_dropped_and_counted_by_the_server()
    {
        var (_, address) = await StartServerAsync();
        using var victim = await new RawClient(address, "victim").JoinAsync();
        using var attacker = await new RawClient(address, "attacker").JoinAsync();
        SessionKey[] guesses = [new(victim.Terms.Session, ByteString.Empty), new(victim.Terms.Session, attacker.Terms.Secret), new(victim.Terms.Session, ByteString.CopyFrom(new byte[16]))];
        long refused = 0;
        foreach (var key in guesses)
        {
            foreach (var (recipient, message) in Forgeries(victim, key))
            {
                await attacker.TellAsync(recipient, message);
                refused++;
            }
        }

        var status = await attacker.StatusAsync();
        Assert.Equal(2, status.GetProperty("clients_connected").GetInt32());
        Assert.Equal(0, status.GetProperty("shares")[0].GetProperty("head").GetInt64());
        await victim.TellAsync(victim.Session, victim.Key.Seal(new HeadQuery { Request = 1 }));
        Assert.Equal(0UL, (await victim.Peer.ReceiveAsync<HeadReply>()).Message.Head);
        // The session and its transfer have taken all that was sent to them before: the answer says so for the first.
        await WaitForRefusedAsync(attacker, refused);
        await victim.TellAsync(victim.Peer.Registry, victim.Key.Seal(victim.PushOf(1, "mine")));
        Assert.Equal(1UL, (await victim.Peer.ReceiveAsync<PushAccepted>()).Message.Seq);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_client_takes_nothing_from_another_one()
    {
        var (_, address) = await StartServerAsync();
        var victim = await StartClientAsync("victim", address);
        await File.WriteAllTextAsync(PathOf("victim", "mine.txt"), "mine");
        await SyncAsync("victim");
        using var attacker = await new RawClient(address, "attacker").JoinAsync();
        var status = await attacker.StatusAsync();
        var client = status.GetProperty("clients").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "Client 1");
        var session = client.GetProperty("session").GetUInt64();
        var port = Sockets.ListeningPorts(victim.ProcessId).Single();

        using var peer = new RawPeer($"127.0.0.1:{port}", $"Server@{address}");
        await peer.ConnectAsync();
        await peer.SendAsync(Actors.Tests.Remoting.Wire.Associate($"Server@{address}"));
        var victims = client.GetProperty("address").GetString()!;
        var key = new SessionKey(session, attacker.Terms.Secret);
        await peer.TellAsync($"{victims}/user/replica/cache", key.Seal(new Updates { Request = 1, Complete = true }), "/user/registry");
        await peer.TellAsync($"{victims}/user/replica/cache", key.Seal(new Invalidate { Head = 9 }), "/user/registry");
        await peer.TellAsync($"{victims}/user/replica", key.Seal(new SessionClosed { Replaced = true }), "/user/registry");
        await peer.ReceiveEndAsync();

        await File.WriteAllTextAsync(PathOf("victim", "more.txt"), "more");
        await SyncAsync("victim");
        Assert.Equal(["mine.txt", "more.txt"], Files("victim").Keys);
        Assert.Single(victim.Lines(), line => line.Contains("Connected with server as", StringComparison.Ordinal));
        Assert.Contains(victim.Lines(), line => line.Contains("Refused from", StringComparison.Ordinal));
    }

    private static IEnumerable<(string Recipient, IMessage Message)> Forgeries(RawClient victim, SessionKey key)
    {
        yield return (victim.Peer.Registry, key.Seal(victim.PushOf(1, "forged")));
        yield return (victim.Session, key.Seal(new Pull { Request = 1, Epoch = victim.Terms.Epoch }));
        yield return (victim.Session, key.Seal(new Invalidated { Head = 1 }));
        yield return (victim.Session, key.Seal(new HeadQuery { Request = 1 }));
        yield return (victim.Session, key.Seal(new StoryReport()));
        yield return (victim.Session, key.Seal(new Leave()));
        yield return (victim.Terms.Transfer, key.Seal(new PullChunks()));
        yield return (victim.Terms.Transfer, key.Seal(new Chunk()));
        yield return (victim.Terms.Transfer, key.Seal(new ChunkUnavailable { Hash = ByteString.CopyFrom(new byte[32]) }));
    }

    private static async Task WaitForRefusedAsync(RawClient client, long refused)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await client.RefusedAsync() is var seen && seen != refused)
        {
            if (seen > refused || TimeProvider.System.GetElapsedTime(since) > RunningNode.LineTimeout)
                Assert.Fail($"{seen} were refused, not {refused}");
        }
    }
}
