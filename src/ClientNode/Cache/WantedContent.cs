using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>
/// Content that a replica wants of the server. The number tells one wish from a later one for the same entry: whoever
/// fetches may be at work on the later one, in the same file, when word of the earlier one's end arrives.
/// </summary>
public sealed record WantedContent(TreeEntry Entry, long Number);
