using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>Take the entry into the synced tree; the disk is left alone.</summary>
public sealed record Agree(TreeEntry Entry) : PlanStep(Entry.Path);
