namespace Actors.Client.Planning;

/// <summary>What to do, each list in the order in which it keeps the tree whole at every step.</summary>
/// <param name="Agreed">Before everything else.</param>
/// <param name="Applied">In the order of the commits; within one what comes with parents first, what changes, what goes with children first.</param>
/// <param name="Proposed">In the order of <see cref="Messages.Changes.ChangeOrder"/>; may be cut into several pushes at any place.</param>
/// <param name="Held">Paths that need a plan again when what they wait for is known: see <see cref="Agenda"/>.</param>
public sealed record Plan(
    IReadOnlyList<Agree> Agreed, IReadOnlyList<Apply> Applied, IReadOnlyList<Propose> Proposed, IReadOnlyList<Hold> Held)
{
    /// <summary>Nothing to do and nothing to wait for.</summary>
    public bool IsEmpty => Agreed.Count + Applied.Count + Proposed.Count + Held.Count == 0;
}
