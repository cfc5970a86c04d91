using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Server.Ledger;

/// <summary>What became of a command. It holds only once the transaction is committed.</summary>
internal abstract record LedgerResult
{
    /// <summary>The replica is in. <paramref name="NewEpoch"/>: its position made the server begin one.</summary>
    public sealed record Admitted(
        NodeRow Node, ShareRow Share, ShareHead Head, bool Resumed, bool NewEpoch, IReadOnlyList<PushOutcome> Outcomes) : LedgerResult;

    public sealed record Refused(JoinRefusal Reason, string Text) : LedgerResult;

    /// <summary>Committed as the share's new head.</summary>
    public sealed record Committed(PushRequest Push, NodeRow Node, ShareHead Head) : LedgerResult;

    /// <summary>It was decided before, and is not decided again. <paramref name="Chain"/>: after its commit, where it became one.</summary>
    public sealed record Repeated(PushRequest Push, OutcomeRow Outcome, ContentHash Chain) : LedgerResult;

    public sealed record Rejected(PushRequest Push, PushRejection Reason, string Text, IReadOnlyList<TreeEntry> Current, ulong Head) : LedgerResult;

    /// <summary>Nothing is decided: the content must come first.</summary>
    public sealed record ContentAwaited(PushRequest Push, IReadOnlyList<ContentRef> Missing) : LedgerResult;
}
