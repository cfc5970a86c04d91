using Actors.Messages;
using Actors.NodeShell;
using Google.Protobuf;
using Xunit.Abstractions;
using static Actors.Server.Tests.Ledger.LedgerRig;

namespace Actors.Server.Tests.Conversation;

/// <summary>A session's number can be guessed; its secret cannot.</summary>
public sealed class SecretTests(ITestOutputHelper output) : RegistryTestKit(output)
{
    [Fact]
    public void Every_session_has_a_secret_of_128_bits_of_its_own()
    {
        var (one, two) = (Client(1).Join(), Client(2).Join());
        Assert.Equal(16, one.Terms.Secret.Length);
        Assert.NotEqual(one.Terms.Secret, two.Terms.Secret);
        one.Commit(FileAt("a", "1"));
        Assert.Equal(two.Terms.Secret, two.ExpectNotice().Secret);
        Assert.Equal(two.Terms.Secret, two.Pull(0, 0).Secret);
    }

    [Fact]
    public void What_does_not_carry_the_secret_is_dropped_and_counted()
    {
        var (one, two) = (Client(1).Join(), Client(2).Join());
        long refused = 0;
        foreach (var forged in (SessionKey[])[new(one.Terms.Session, ByteString.Empty), new(one.Terms.Session, two.Terms.Secret)])
        {
            Registry.Tell(forged.Seal(one.PushMessage(1, FileAt("a", "1"))), two.Watcher.Ref);
            one.Session.Tell(forged.Seal(one.PullMessage(0, 0)), two.Cache.Ref);
            one.Session.Tell(forged.Seal(new HeadQuery { Request = 1 }), two.Cache.Ref);
            one.Session.Tell(forged.Seal(new Leave()), two.Connection.Ref);
            Sys.ActorSelection(one.Terms.Transfer).Tell(forged.Seal(new PullChunks()), two.Transfer.Ref);
            refused += 5;
        }
        AwaitAssert(() => Assert.Equal(refused, Refusals.Of(Sys).Count), Patience);
        Assert.Equal(1UL, one.Commit(FileAt("a", "2")));
        Assert.Equal("2", two.Pull(0, 0).Entries[0].File.Content.ToStringUtf8());
    }
}
