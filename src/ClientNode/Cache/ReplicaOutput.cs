using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>What a replica's decisions come to, kept until its owner takes it: orders for the disk, effects, changes for the store.</summary>
internal sealed class ReplicaOutput
{
    private readonly List<ReplicaEffect> _effects = [];
    private readonly List<ApplyOrder> _orders = [];
    private readonly List<RelativePath> _adopted = [];
    private ReplicaChanges? _whole;

    /// <summary>What is to be stored, together.</summary>
    public ReplicaChanges Changes { get; private set; } = new();

    /// <summary>Whether anything waits to be stored.</summary>
    public bool HasChanges => _whole is not null || !Changes.IsEmpty;

    public bool HasOrders => _orders.Count > 0;

    public void Add(ReplicaEffect effect) => _effects.Add(effect);

    public void Order(ApplyOrder order) => _orders.Add(order);

    public void Adopt(RelativePath path) => _adopted.Add(path);

    /// <summary>The synced tree is about to go on beyond a cursor that is not stored yet.</summary>
    public void KeepWhole()
    {
        if (Changes.Position is null)
            return;
        if (_whole is null)
            (_whole, Changes) = (Changes, new ReplicaChanges());
        else
            Changes.Position = null;
    }

    /// <summary>Nothing counts as agreed on. Counters go on: the store keeps the last one.</summary>
    public void ForgetAgreement()
    {
        Changes.ForgetAgreement = true;
        Changes.Position = null;
        Changes.Newest = null;
        Changes.Synced.Clear();
        Changes.Pushes.Clear();
        Changes.SettledPushes.Clear();
    }

    /// <summary>What the disk shall become; the outcomes must be reported before the next plan.</summary>
    public IReadOnlyList<ApplyOrder> TakeOrders() => Take(_orders);

    /// <summary>Paths of which the disk has what the registry has, or is about to have, by a user's hand: durable before the next changes are stored.</summary>
    public IReadOnlyList<RelativePath> TakeAdopted() => Take(_adopted);

    public IReadOnlyList<ReplicaEffect> TakeEffects() => Take(_effects);

    /// <summary>
    /// What is to be stored before <see cref="TakeChanges"/>, and apart from it: a cursor with the synced tree of just that
    /// commit, which has gone on since. Null: nothing.
    /// </summary>
    public ReplicaChanges? TakeWholeChanges()
    {
        var whole = _whole;
        _whole = null;
        return whole;
    }

    /// <summary>What is to be stored, together, from now on the caller's.</summary>
    public ReplicaChanges TakeChanges()
    {
        if (_whole is not null)
            throw new InvalidOperationException("what is whole is stored first");
        var changes = Changes;
        Changes = new ReplicaChanges();
        return changes;
    }

    private static T[] Take<T>(List<T> list)
    {
        if (list.Count == 0)
            return [];
        T[] taken = [.. list];
        list.Clear();
        return taken;
    }
}
