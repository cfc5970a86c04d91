using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Server.Storage;

namespace Actors.Server.Ledger;

/// <summary>What is asked of the ledger; commands are carried out one after another, in the order they were asked.</summary>
internal abstract record LedgerCommand
{
    /// <summary>Admit a replica to its share.</summary>
    public sealed record Admit(JoinRequest Join) : LedgerCommand;

    /// <summary>Decide on a push: commit it or say why not.</summary>
    public sealed record Decide(PushRequest Push) : LedgerCommand;

    /// <summary>Refuse a push for good because its content cannot be had.</summary>
    public sealed record GiveUp(PushRequest Push, string Text) : LedgerCommand;
}

/// <summary>What became of a command. It holds only once the transaction is committed.</summary>
internal abstract record LedgerResult
{
    /// <summary>The replica is in. <paramref name="NewEpoch"/>: its position made the server begin one.</summary>
    public sealed record Joined(
        NodeRow Node, ShareRow Share, ShareHead Head, bool Resumed, bool NewEpoch, IReadOnlyList<PushOutcome> Outcomes) : LedgerResult;

    public sealed record NotJoined(JoinRefusal Reason, string Text) : LedgerResult;

    /// <summary>The push is committed as the share's new head.</summary>
    public sealed record Committed(ShareHead Head) : LedgerResult;

    /// <summary>The push was decided before, and is not decided again. <paramref name="Chain"/>: after its commit, where it became one.</summary>
    public sealed record Repeated(OutcomeRow Outcome, ContentHash Chain) : LedgerResult;

    /// <summary>The push is refused. <paramref name="Current"/>: the entries that stand in its way, by path, where it is stale.</summary>
    public sealed record Rejected(PushRejection Reason, string Text, IReadOnlyList<TreeEntry> Current) : LedgerResult
    {
        public Rejected(PushRejection reason, string text)
            : this(reason, text, [])
        {
        }
    }

    /// <summary>Nothing is decided: the push would be committed if this content were here.</summary>
    public sealed record ContentAwaited(IReadOnlyList<ContentRef> Missing) : LedgerResult;
}
