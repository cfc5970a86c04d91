using Actors.Client.FileSystem;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>A path in a listed directory; <paramref name="IsLookedAtApart"/>: it is a directory that may be none of the replica's, and another observation says so.</summary>
public readonly record struct ListedItem(RelativePath Path, FileStat Stat, bool IsLookedAtApart);
