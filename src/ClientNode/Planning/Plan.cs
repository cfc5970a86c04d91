using Actors.Messages.Changes;
using Actors.Messages.Tree;

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

/// <summary>One thing to do about one path.</summary>
public abstract record PlanStep(RelativePath Path);

/// <summary>Take the entry into the synced tree; the disk is left alone.</summary>
public sealed record Agree(TreeEntry Entry) : PlanStep(Entry.Path);

/// <summary>
/// Make the disk what the entry says, then take the entry into the synced tree. Only if the disk still is as
/// <paramref name="Expected"/>: anything else is a new observation, and calls for a new plan.
/// </summary>
/// <param name="Entry">The registry's.</param>
/// <param name="Expected">What was read there last.</param>
/// <param name="KeepLocalAs">
/// Null, or the name that the local file is renamed to first: its content lost. It is then an observation like any
/// other (a new file).
/// </param>
public sealed record Apply(TreeEntry Entry, EntryState Expected, RelativePath? KeepLocalAs) : PlanStep(Entry.Path);

/// <summary>Push the change; once it is accepted, take it into the synced and the remote tree.</summary>
/// <param name="Change">Based on the registry's newest version known; without inline content.</param>
/// <param name="KeepRemoteAs">
/// Null, or a second change that must be in the same push: it gives the registry's file, whose name a directory takes,
/// another name. Its content is at the server already; it comes to the disk as an update like any other. Until the push
/// is accepted the registry's file must not enter the synced tree, or the copy would be forgotten.
/// </param>
public sealed record Propose(PathChange Change, PathChange? KeepRemoteAs) : PlanStep(Change.Path);

/// <summary>Nothing can be done about the path until something is known about <paramref name="On"/> (perhaps itself).</summary>
public sealed record Hold(RelativePath Path, HoldReason Reason, RelativePath On) : PlanStep(Path);

/// <summary>Why nothing can be decided about a path now.</summary>
public enum HoldReason
{
    /// <summary>The outcome of a push that names it is not known.</summary>
    InFlight,
    /// <summary>The disk has to be read again first.</summary>
    Unsettled,
    /// <summary>Something that is not synced has its name, or that of a directory above it.</summary>
    Held,
    /// <summary>The registry's tree is only partly here: a page is still missing.</summary>
    RemoteIncomplete,
    /// <summary>Its directory has to be there first, and is itself on hold.</summary>
    WaitsForParent,
    /// <summary>It is a directory that would go, and something in it is on hold.</summary>
    WaitsForDescendant,
}
