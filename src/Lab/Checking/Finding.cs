namespace Actors.Lab.Checking;

/// <summary>What a checker objects to.</summary>
internal sealed record Finding(string Checker, string What, TimeSpan At)
{
    public override string ToString() => $"{Checker} at {At.TotalSeconds:F3} s: {What}";
}
