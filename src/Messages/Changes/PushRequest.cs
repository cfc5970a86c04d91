using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Identity;

namespace Actors.Messages.Changes;

/// <summary>A Push that is well formed: within all limits, digest and inline content checked.</summary>
public sealed record PushRequest(PushId Id, string Share, EpochId Epoch, ulong Session, ContentHash Digest, IReadOnlyList<PathChange> Changes)
{
    /// <summary>Every counter up to this one is settled at the client.</summary>
    public ulong SettledThrough { get; init; }

    /// <summary>The counter of the push that has to be accepted before this one; 0: none.</summary>
    public ulong Follows { get; init; }
}
