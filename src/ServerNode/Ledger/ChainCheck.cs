using Actors.Messages.Changes;
using Actors.Messages.History;
using Actors.Server.Storage;

namespace Actors.Server.Ledger;

/// <summary>Computes links of a share's hash chain again.</summary>
internal static class ChainCheck
{
    /// <summary>How many at a start: enough for what a crash could have touched, and no reason to wait.</summary>
    public const int CommitsMax = 1_000;

    // A commit may have a thousand changes: not all of them in memory at once.
    private const int CommitsAtATime = 32;

    /// <summary>Checks the newest links.</summary>
    /// <exception cref="StoreCorruptException">The log is not what was committed.</exception>
    public static void Verify(IShareSnapshot snapshot, ShareRow share)
    {
        var head = snapshot.Head(share.Id).Seq;
        foreach (var (row, isLinked) in Walk(snapshot, share.Id, head - Math.Min(head, CommitsMax)))
        {
            if (!isLinked)
                throw new StoreCorruptException(Damaged(share, row.Commit.Sequence));
        }
    }

    /// <summary>The commits after one, each with whether it is linked to the one before it.</summary>
    public static IEnumerable<(LogRow Row, bool IsLinked)> Walk(IShareSnapshot snapshot, int share, ulong after)
    {
        var before = snapshot.ChainAt(share, after);
        while (snapshot.ReadLog(share, after, CommitsAtATime) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                after++;
                var isLinked = before is { } chain && row.Commit.Sequence == after
                    && row.Chain == CommitHash.Next(chain, row.Commit) && ChangeSetDigest.Of(row.Changes) == row.Commit.Changes;
                (before, after) = (row.Chain, row.Commit.Sequence);
                yield return (row, isLinked);
            }
        }
    }

    public static string Damaged(ShareRow share, ulong seq) =>
        $"the log of share {share.Name} is damaged at commit {seq}: its hash chain is broken";
}
