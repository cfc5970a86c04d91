using Actors.Messages.Changes;
using Actors.Messages.History;
using Actors.Server.Storage;

namespace Actors.Server.Ledger;

/// <summary>Computes the newest links of a share's hash chain again.</summary>
internal static class ChainCheck
{
    /// <summary>How many: enough for what a crash could have touched, and no reason to wait at the start.</summary>
    public const int CommitsMax = 1_000;

    // A commit may have a thousand changes: not all of them in memory at once.
    private const int CommitsAtATime = 32;

    /// <exception cref="StoreCorruptException">The log is not what was committed.</exception>
    public static void Verify(IShareSnapshot snapshot, ShareRow share)
    {
        var head = snapshot.Head(share.Id);
        var from = head.Seq - Math.Min(head.Seq, CommitsMax);
        var chain = snapshot.ChainAt(share.Id, from) ?? throw Damaged(share, from);
        var seq = from;
        while (seq < head.Seq)
        {
            var rows = snapshot.ReadLog(share.Id, seq, CommitsAtATime);
            if (rows.Count == 0)
                throw Damaged(share, seq + 1);
            foreach (var row in rows)
            {
                seq++;
                chain = CommitHash.Next(chain, row.Commit);
                if (row.Commit.Sequence != seq || row.Chain != chain || ChangeSetDigest.Of(row.Changes) != row.Commit.Changes)
                    throw Damaged(share, seq);
            }
        }
    }

    private static StoreCorruptException Damaged(ShareRow share, ulong seq) =>
        new($"the log of share {share.Name} is damaged at commit {seq}: its hash chain is broken");
}
