using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>
/// Content that a replica wants of the server. The number tells one request from a later one for the same entry: the
/// later fetch may be under way, in the same file, when the end of the earlier one is reported.
/// </summary>
public sealed record WantedContent(TreeEntry Entry, long Number);
