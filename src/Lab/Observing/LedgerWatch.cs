using Actors.Messages;
using Actors.Messages.History;
using Actors.Server.Ledger;
using Actors.Server.Registry;

namespace Actors.Lab.Observing;

/// <summary>Recognises the races that the server's ledger decides, by what it was asked and what became of it.</summary>
internal sealed class LedgerWatch(ServerHistory history, Coverage coverage)
{
    public void See(RegistryEvent.BatchDone done)
    {
        foreach (var (question, result) in done.Batch.Questions.Zip(done.Results))
        {
            switch (question, result)
            {
                case (_, LedgerResult.Repeated):
                    coverage.Reached(Races.PushRepeated);
                    break;
                case (_, LedgerResult.Rejected { Reason: PushRejection.Counter } rejected) when IsBoundToOther(rejected.Text):
                    coverage.Reached(Races.PushBoundToOther);
                    break;
                case (RegistryEvent.JoinAsked asked, LedgerResult.Joined admitted):
                    OnAdmitted(asked.Join, admitted);
                    break;
            }
        }
    }

    // A counter is refused for lying outside of the window too.
    private static bool IsBoundToOther(string text) => text.Contains("is bound to other changes", StringComparison.Ordinal);

    private void OnAdmitted(JoinRequest join, LedgerResult.Joined admitted)
    {
        if (admitted.Outcomes.Any(outcome => outcome.Rejected is { Reason: PushRejection.Counter } && outcome.Counter > admitted.Node.SettledThrough))
            coverage.Reached(Races.PushBoundToOther);
        if (!admitted.NewEpoch)
            return;
        var places = new[] { join.Position, join.Newest }.OfType<SharePosition>().ToList();
        if (places.Any(place => place.Cursor > admitted.Head.Seq))
            coverage.Reached(Races.EpochBeyondHead);
        if (places.Any(place => place.Cursor > 0 && place.Cursor <= admitted.Head.Seq && history.Log[(int)place.Cursor - 1].Chain != place.ChainHash))
            coverage.Reached(Races.EpochOfOtherChain);
    }
}
