using Actors.Client.Storage;
using Actors.Messages;
using Actors.Messages.Identity;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>Says which identity a replica has at a start: the one it had, or a new one where it was copied or put back.</summary>
public static class IdentityKeeper
{
    /// <param name="facts">What is stored.</param>
    /// <param name="machine">This machine.</param>
    /// <param name="device">Of the replica's own directory.</param>
    /// <param name="inode">The same.</param>
    /// <param name="entropy">Draws ids.</param>
    /// <param name="changes">What has to be stored before the identity is used.</param>
    public static ReplicaIdentity Establish(
        ReplicaFacts facts, string machine, ulong device, ulong inode, IEntropy entropy, ReplicaChanges changes)
    {
        var known = facts.Identity;
        // Counted on under a new identity, too: what an earlier start has left in the staging area has names of that start.
        var incarnation = (known?.Incarnation ?? 0) + 1;
        if (known is not null && known.IsAt(machine, device, inode))
        {
            changes.Identity = known with { Incarnation = incarnation };
            return changes.Identity;
        }
        if (known is not null)
        {
            changes.ForgetAgreement = true;
            changes.LastCounter = 0;
        }
        changes.Identity = new ReplicaIdentity(Draw(entropy), incarnation, machine, device, inode);
        return changes.Identity;
    }

    public static NodeId Draw(IEntropy entropy)
    {
        Span<byte> bytes = stackalloc byte[Limits.NodeIdBytes];
        entropy.Fill(bytes);
        return NodeId.TryRead(bytes, out var id) ? id : default;
    }
}
