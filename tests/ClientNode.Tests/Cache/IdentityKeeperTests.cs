using Actors.Client.Cache;
using Actors.Client.Storage;
using Actors.Messages.Identity;
using Actors.NodeShell;

namespace Actors.Client.Tests.Cache;

public sealed class IdentityKeeperTests
{
    private static readonly ReplicaIdentity Known = new(new NodeId(7), 4, "machine", 1, 2);

    [Fact]
    public void A_restart_counts_the_incarnation()
    {
        var changes = new ReplicaChanges();
        var identity = Establish(new ReplicaFacts(Known, null, null, 9, "Client 1"), "machine", 1, 2, changes);
        Assert.Equal(Known with { Incarnation = 5 }, identity);
        Assert.Equal(identity, changes.Identity);
        Assert.False(changes.ForgetAgreement);
    }

    [Theory]
    [InlineData("another machine", 1, 2)]
    [InlineData("machine", 9, 2)]
    [InlineData("machine", 1, 9)]
    public void A_copied_replica_is_somebody_else_and_agrees_with_nobody(string machine, int device, int inode)
    {
        var changes = new ReplicaChanges();
        var identity = Establish(new ReplicaFacts(Known, null, null, 9, "Client 1"), machine, (ulong)device, (ulong)inode, changes);
        Assert.NotEqual(Known.Id, identity.Id);
        Assert.Equal(5ul, identity.Incarnation);
        Assert.True(changes.ForgetAgreement);
        Assert.Equal(0ul, changes.LastCounter);
    }

    [Fact]
    public void A_new_replica_draws_an_identity()
    {
        var changes = new ReplicaChanges();
        Assert.NotEqual(default, Establish(new ReplicaFacts(null, null, null, 0, ""), "machine", 1, 2, changes).Id);
        Assert.False(changes.ForgetAgreement);
    }

    private static ReplicaIdentity Establish(ReplicaFacts facts, string machine, ulong device, ulong inode, ReplicaChanges changes) =>
        IdentityKeeper.Establish(facts, machine, device, inode, new SystemEntropy(), changes);
}
