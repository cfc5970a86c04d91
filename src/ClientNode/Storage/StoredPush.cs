using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Storage;

/// <summary>A push whose outcome is not known. Stored before it is sent; a retry is the same counter with the same changes.</summary>
public sealed record StoredPush(ulong Counter, ContentHash Digest, IReadOnlyList<PathChange> Changes)
{
    /// <summary>
    /// Paths among the changes that give content of the registry's another name: not on this disk, and not to be taken
    /// for deleted here.
    /// </summary>
    public IReadOnlyList<RelativePath> Copies { get; init; } = [];
}
