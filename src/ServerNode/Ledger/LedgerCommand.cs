using Actors.Messages.Changes;
using Actors.Messages.History;

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
