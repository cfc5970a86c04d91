using Actors.Replication.Tree;

namespace Actors.Replication.Planning;

/// <summary>
/// Which paths the next plan is for: those about which something changed, and those on hold that may be waiting for
/// just that, which are the ones above and below them.
/// </summary>
public sealed class Agenda
{
    private readonly SortedSet<RelativePath> _dirty = [];
    private readonly SortedSet<RelativePath> _held = [];

    public bool IsEmpty => _dirty.Count == 0;

    /// <summary>Paths on hold, in byte order.</summary>
    public IReadOnlyCollection<RelativePath> Held => _held;

    /// <summary>Something has changed about the path in one of the trees, or its push is settled. The root: about every path.</summary>
    public void Mark(RelativePath path) => _dirty.Add(path);

    /// <summary>The paths of the next plan. The agenda is empty then, until <see cref="Note"/> brings back what is on hold.</summary>
    public IReadOnlyCollection<RelativePath> Take()
    {
        var taken = new SortedSet<RelativePath>(_dirty);
        foreach (var path in _dirty)
        {
            taken.UnionWith(path.IsRoot ? _held : HeldBelow(path));
            foreach (var ancestor in path.Ancestors)
            {
                if (_held.Contains(ancestor))
                    taken.Add(ancestor);
            }
        }
        _held.ExceptWith(taken);
        _dirty.Clear();
        return taken;
    }

    /// <summary>Remembers what the plan could not decide.</summary>
    public void Note(Plan plan)
    {
        foreach (var hold in plan.Held)
            _held.Add(hold.Path);
    }

    private IEnumerable<RelativePath> HeldBelow(RelativePath path)
    {
        if (_held.Count == 0)
            return [];
        var (from, before) = path.DescendantRange();
        return _held.GetViewBetween(RelativePath.Bound(from), RelativePath.Bound(before)).Where(path.IsAncestorOf);
    }
}
