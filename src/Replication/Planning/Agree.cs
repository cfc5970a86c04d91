using Actors.Replication.Tree;

namespace Actors.Replication.Planning;

/// <summary>Take the entry into the synced tree; the disk is left alone.</summary>
public sealed record Agree(TreeEntry Entry) : PlanStep(Entry.Path);
