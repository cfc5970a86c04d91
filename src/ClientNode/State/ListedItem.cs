using Actors.Client.Files;
using Actors.Replication.Tree;

namespace Actors.Client.State;

/// <summary>A path in a listed directory; <paramref name="LookedAtNs"/>: when, in nanoseconds since 1970-01-01 UTC.</summary>
public readonly record struct ListedItem(RelativePath Path, FileStat Stat, long LookedAtNs);
