using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Plants;

/// <summary>Writes as another transaction does; a plant changes one of the calls.</summary>
internal class ForwardingTransaction(IStoreTransaction inner) : ForwardingSnapshot(inner), IStoreTransaction
{
    public virtual ShareRow AddShare(string name, EpochId epoch) => inner.AddShare(name, epoch);

    public virtual bool Append(int share, ulong expectedHead, LogRow row) => inner.Append(share, expectedHead, row);

    public virtual void Put(int share, TreeEntry entry) => inner.Put(share, entry);

    public virtual void PutPart(ContentHash hash, ReadOnlySpan<byte> bytes) => inner.PutPart(hash, bytes);

    public virtual void PutContent(ContentRef content) => inner.PutContent(content);

    public virtual void PutEpoch(int share, EpochRow epoch) => inner.PutEpoch(share, epoch);

    public virtual uint NextNodeNumber() => inner.NextNodeNumber();

    public virtual ulong NextSession() => inner.NextSession();

    public virtual void PutNode(NodeRow node) => inner.PutNode(node);

    public virtual void PutOutcome(uint node, OutcomeRow outcome) => inner.PutOutcome(node, outcome);

    public virtual void ForgetOutcomes(uint node, ulong through) => inner.ForgetOutcomes(node, through);

    public virtual int ForgetUploads(long nowUs, long ageUs) => inner.ForgetUploads(nowUs, ageUs);

    public virtual void Commit() => inner.Commit();
}
