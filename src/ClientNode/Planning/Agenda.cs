using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>Which paths the next plan is for: those about which something changed, and those on hold that waited for just that.</summary>
public sealed class Agenda
{
    private readonly HashSet<RelativePath> _dirty = [];
    private readonly Dictionary<RelativePath, RelativePath> _heldOn = [];
    private readonly Dictionary<RelativePath, HashSet<RelativePath>> _waiting = [];

    public bool IsEmpty => _dirty.Count == 0;

    /// <summary>Paths on hold, in no order.</summary>
    public IReadOnlyCollection<RelativePath> Held => _heldOn.Keys;

    public bool IsHeld(RelativePath path) => _heldOn.ContainsKey(path);

    /// <summary>The next plan is for it.</summary>
    public bool IsMarked(RelativePath path) => _dirty.Contains(path) || _dirty.Contains(RelativePath.Root);

    /// <summary>Something has changed about the path in one of the trees, or its push is settled. The root: about every path.</summary>
    public void Mark(RelativePath path) => _dirty.Add(path);

    /// <summary>The paths of the next plan, which is noted afterwards: what is on hold still must not be forgotten.</summary>
    public IReadOnlyCollection<RelativePath> Take()
    {
        var taken = new HashSet<RelativePath>(_dirty);
        if (taken.Contains(RelativePath.Root))
            taken.UnionWith(_heldOn.Keys);
        var fresh = new Stack<RelativePath>(taken);
        while (_heldOn.Count > 0 && fresh.TryPop(out var path))
        {
            // A directory above may be decided now, and with it what waited for the directory.
            var woken = path.Ancestors.Where(_heldOn.ContainsKey).Concat(_waiting.GetValueOrDefault(path) ?? []);
            foreach (var other in woken.Where(taken.Add))
                fresh.Push(other);
        }
        foreach (var path in taken)
            Release(path);
        _dirty.Clear();
        return taken;
    }

    /// <summary>Remembers what the plan could not decide.</summary>
    public void Note(Plan plan)
    {
        foreach (var hold in plan.Held)
        {
            Release(hold.Path);
            _heldOn.Add(hold.Path, hold.On);
            if (!_waiting.TryGetValue(hold.On, out var waiting))
                _waiting.Add(hold.On, waiting = []);
            waiting.Add(hold.Path);
        }
    }

    private void Release(RelativePath path)
    {
        if (!_heldOn.Remove(path, out var on) || !_waiting.TryGetValue(on, out var waiting))
            return;
        waiting.Remove(path);
        if (waiting.Count == 0)
            _waiting.Remove(on);
    }
}
