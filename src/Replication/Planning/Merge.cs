using Actors.Replication.Tree;

namespace Actors.Replication.Planning;

/// <summary>What a path shall become, looked at alone; or why that cannot be said.</summary>
internal readonly record struct Merge(EntryState Target, HoldReason? Hold);
