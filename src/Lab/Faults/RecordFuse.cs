using Actors.Client.Storage;
using Actors.Lab.Nodes;

namespace Actors.Lab.Faults;

/// <summary>Lets something happen right after a node has stored something of a certain kind, for the so-manieth time.</summary>
internal sealed class RecordFuse
{
    private readonly List<Lit> _lit = [];

    /// <param name="site">Whose store.</param>
    /// <param name="isMeant">What a client stores; the server's commits all count.</param>
    /// <param name="times">1: at the next one.</param>
    /// <param name="action">Happens once.</param>
    public void Light(Site site, Func<ReplicaChanges, bool> isMeant, int times, Action action) => _lit.Add(new Lit(site, isMeant, action) { Left = times });

    /// <summary>A node's store has returned from a commit; null: the server's.</summary>
    public void See(Site site, ReplicaChanges? changes)
    {
        foreach (var lit in _lit.Where(lit => lit.Site == site && (changes is null || lit.IsMeant(changes))).ToList())
        {
            if (--lit.Left > 0)
                continue;
            _lit.Remove(lit);
            lit.Action();
        }
    }

    private sealed record Lit(Site Site, Func<ReplicaChanges, bool> IsMeant, Action Action)
    {
        public int Left { get; set; }
    }
}
