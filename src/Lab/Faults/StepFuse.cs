namespace Actors.Lab.Faults;

/// <summary>Lets something happen between two messages: after so many more of them, of any actor.</summary>
internal sealed class StepFuse
{
    private readonly List<(long At, Action Action)> _lit = [];
    private long _steps;

    public void Light(int steps, Action action) => _lit.Add((_steps + steps, action));

    /// <summary>A message was handled.</summary>
    public void Step()
    {
        _steps++;
        if (_lit.Count == 0)
            return;
        foreach (var (_, action) in _lit.Where(lit => lit.At <= _steps).ToList())
            action();
        _lit.RemoveAll(lit => lit.At <= _steps);
    }
}
