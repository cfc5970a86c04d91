using Actors.Messages.Content;
using Actors.Messages.History;

namespace Actors.Server.Storage;

/// <summary>Where a share's history stands: its current epoch, its newest commit, and the chain hash after it.</summary>
public sealed record ShareHead(int Share, EpochId Epoch, ulong Seq, ContentHash Chain)
{
    public SharePosition Position => new(Epoch, Seq, Chain);
}
