using Actors.Messages.Tree;

namespace Actors.Client.Planning;

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
