using Actors.Client.Planning;
using Actors.Messages.Changes;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>
/// Puts the proposals of one plan in the order of their places, as far as the tree stays whole: a directory comes no later
/// than what is in it, and goes no earlier.
/// </summary>
internal static class ProposalOrder
{
    /// <param name="proposals">Of one plan.</param>
    /// <param name="placeOf">Null: in no order, and before all that are.</param>
    public static IReadOnlyList<(Propose Proposal, long? Place)> Arrange(IReadOnlyList<Propose> proposals, Func<RelativePath, long?> placeOf)
    {
        const long free = -1;
        var places = proposals.ToDictionary(proposal => proposal.Path, proposal => placeOf(proposal.Path) ?? free);
        var stays = proposals.Where(proposal => proposal.Change.To.IsFolder).Select(proposal => proposal.Path).ToHashSet();
        // A path sorts after its ancestors by bytes: each is final before it moves those above it.
        foreach (var proposal in proposals.OrderByDescending(proposal => proposal.Path))
        {
            var (path, place) = (proposal.Path, places[proposal.Path]);
            foreach (var above in path.Ancestors.Where(places.ContainsKey))
            {
                if (!stays.Contains(above))
                    places[above] = Math.Max(places[above], place);
                else if (!proposal.Change.To.IsAbsent)
                    places[above] = Math.Min(places[above], place);
            }
        }
        return
        [
            .. proposals
                .OrderBy(proposal => places[proposal.Path])
                .ThenBy(proposal => proposal.Change, ChangeOrder.Instance)
                .Select(proposal => (proposal, places[proposal.Path] == free ? default(long?) : places[proposal.Path])),
        ];
    }
}
