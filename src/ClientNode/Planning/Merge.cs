using Actors.Messages.Tree;

namespace Actors.Client.Planning;

/// <summary>What a path shall become, looked at alone; or why that cannot be said, and because of which path.</summary>
internal readonly record struct Merge(EntryState Target, HoldReason? Hold, RelativePath On);
