namespace Actors.Lab.Plans;

/// <summary>How large a run is.</summary>
internal sealed record PlanOptions
{
    public int Clients { get; init; } = 3;

    public TimeSpan Duration { get; init; } = TimeSpan.FromMinutes(5);

    public int Edits { get; init; } = 200;

    public int FaultsMax { get; init; } = 24;
}
