namespace Actors.Client.Cache;

/// <summary>A Welcome, read.</summary>
/// <param name="Session">The session it opens.</param>
/// <param name="Resumed">All that the replica has seen lies on the server's chain.</param>
/// <param name="Head">The newest commit.</param>
/// <param name="Outcomes">Of the pushes in doubt, by counter.</param>
public sealed record Admission(ReplicaSession Session, bool Resumed, ulong Head, IReadOnlyList<DoubtOutcome> Outcomes);
