using System.Collections.Immutable;
using Actors.Messages.Content;
using Actors.Messages.Identity;
using Actors.Server.Storage;

namespace Actors.Lab.Storage;

/// <summary>All that a server's store holds after one commit. Share ids count from 1.</summary>
internal sealed record StoreState(
    ImmutableList<ShareState> Shares,
    ImmutableDictionary<ContentHash, byte[]> Parts,
    ImmutableDictionary<ContentHash, ContentRef> Contents,
    ImmutableDictionary<NodeId, NodeRow> Nodes,
    ImmutableDictionary<uint, ImmutableSortedDictionary<ulong, OutcomeRow>> Outcomes,
    uint LastNode,
    ulong LastSession)
{
    public static StoreState Empty { get; } = new(
        [],
        ImmutableDictionary<ContentHash, byte[]>.Empty,
        ImmutableDictionary<ContentHash, ContentRef>.Empty,
        ImmutableDictionary<NodeId, NodeRow>.Empty,
        ImmutableDictionary<uint, ImmutableSortedDictionary<ulong, OutcomeRow>>.Empty,
        0,
        0);

    /// <summary>The parts there were at times that uploads were looked at.</summary>
    public ImmutableSortedDictionary<long, ImmutableDictionary<ContentHash, byte[]>> Uploads { get; init; } =
        ImmutableSortedDictionary<long, ImmutableDictionary<ContentHash, byte[]>>.Empty;

    public ShareState Share(int id) => id >= 1 && id <= Shares.Count ? Shares[id - 1] : throw new StoreCorruptException($"share {id} has no epoch");

    public StoreState With(ShareState share) => this with { Shares = Shares.SetItem(share.Row.Id - 1, share) };
}
