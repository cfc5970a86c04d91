using System.Collections.Immutable;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Lab.Storage;

/// <summary>The only write transaction there is: a state of its own, until it is committed.</summary>
internal sealed class SimulatedTransaction(StoreState state, SimulatedShareStore store) : SimulatedSnapshot(state), IStoreTransaction
{
    private const int RowBytes = 150;

    private int _bytes;

    public ShareRow AddShare(string name, EpochId epoch)
    {
        var row = new ShareRow(State.Shares.Count + 1, name);
        Write(State with { Shares = State.Shares.Add(StoredShare.New(row)) });
        PutEpoch(row.Id, new EpochRow(epoch, 0));
        return row;
    }

    public bool Append(int share, ulong expectedHead, LogRow row)
    {
        if (row.Commit.Sequence != expectedHead + 1)
            throw new ArgumentException($"commit {row.Commit.Sequence} does not follow head {expectedHead}", nameof(row));
        var stored = State.Share(share);
        if ((ulong)stored.Log.Count != expectedHead)
            return false;
        var kept = row with { Changes = [.. row.Changes.Select(change => change.Inline is null ? change : change with { Inline = null })] };
        Write(State.With(stored with { Log = stored.Log.Add(kept) }), (1 + row.Changes.Count) * RowBytes);
        return true;
    }

    public void Put(int share, TreeEntry entry) => Write(State.With(State.Share(share).With(entry)));

    public void PutPart(ContentHash hash, ReadOnlySpan<byte> bytes)
    {
        if (!State.Parts.ContainsKey(hash))
            Write(State with { Parts = State.Parts.Add(hash, bytes.ToArray()) }, RowBytes + bytes.Length);
    }

    public void PutContent(ContentRef content)
    {
        if (!State.Contents.ContainsKey(content.Root))
            Write(State with { Contents = State.Contents.Add(content.Root, content) });
    }

    public void PutEpoch(int share, EpochRow epoch)
    {
        var stored = State.Share(share);
        Write(State.With(stored with { Epochs = stored.Epochs.Add(epoch) }));
    }

    public uint NextNodeNumber()
    {
        Write(State with { LastNode = State.LastNode + 1 });
        return State.LastNode;
    }

    public ulong NextSession()
    {
        Write(State with { LastSession = State.LastSession + 1 });
        return State.LastSession;
    }

    public void PutNode(NodeRow node) => Write(State with { Nodes = State.Nodes.SetItem(node.Instance.Id, node) });

    public void PutOutcome(uint node, OutcomeRow outcome)
    {
        var outcomes = State.Outcomes.GetValueOrDefault(node, ImmutableSortedDictionary<ulong, OutcomeRow>.Empty);
        Write(State with { Outcomes = State.Outcomes.SetItem(node, outcomes.SetItem(outcome.Counter, outcome)) });
    }

    public void ForgetOutcomes(uint node, ulong through)
    {
        if (State.Outcomes.GetValueOrDefault(node) is not { } outcomes)
            return;
        var forgotten = outcomes.Keys.TakeWhile(counter => counter <= through).ToList();
        if (forgotten.Count > 0)
            Write(State with { Outcomes = State.Outcomes.SetItem(node, outcomes.RemoveRange(forgotten)) });
    }

    public int ForgetUploads(long nowUs, long ageUs)
    {
        var marks = State.Uploads.SetItem(nowUs, State.Parts);
        var old = marks.Where(mark => mark.Key <= nowUs - ageUs).ToList();
        var named = State.Shares.SelectMany(share => NamedParts.OfCommits(this, share.Row.Id, 0)).ToHashSet();
        foreach (var content in State.Contents.Values.Where(content => old.Count > 0 && !old[^1].Value.ContainsKey(content.Root)))
            named.UnionWith(NamedParts.Of(this, content));
        var forgotten = old.Count == 0 ? [] : old[^1].Value.Keys.Where(part => State.Parts.ContainsKey(part) && !named.Contains(part)).ToList();
        Write(State with
        {
            Uploads = marks.RemoveRange(old.SkipLast(1).Select(mark => mark.Key)),
            Parts = State.Parts.RemoveRange(forgotten),
            Contents = State.Contents.RemoveRange(forgotten),
        });
        return forgotten.Count;
    }

    public void Commit()
    {
        if (_bytes > 0)
            store.Commit(State, _bytes);
    }

    protected override void End() => store.End(this);

    private void Write(StoreState next, int bytes = RowBytes)
    {
        State = next;
        _bytes += bytes;
    }
}
