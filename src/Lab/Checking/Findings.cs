using Actors.Lab.World;

namespace Actors.Lab.Checking;

/// <summary>Takes what checkers object to; a run ends at the first.</summary>
internal sealed class Findings(SimulatedWorld world)
{
    public Finding? First { get; private set; }

    public void Add(string checker, string what)
    {
        world.Trace.Add(world.Now, $"FOUND by {checker}: {what}");
        First ??= new Finding(checker, what, world.Now);
    }
}

/// <summary>What a checker objects to.</summary>
internal sealed record Finding(string Checker, string What, TimeSpan At)
{
    public override string ToString() => $"{Checker} at {At.TotalSeconds:F3} s: {What}";
}
