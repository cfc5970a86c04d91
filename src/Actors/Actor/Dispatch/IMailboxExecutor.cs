namespace Actors.Runtime;

/// <summary>Runs mailboxes that have work.</summary>
internal interface IMailboxExecutor
{
    /// <summary>Runs the mailbox once, soon. It is never asked for a second run before the first has begun.</summary>
    void Execute(Mailbox mailbox);

    /// <summary>Runs a piece of work of the actor that came after its end.</summary>
    void ExecuteLate(Action work);

    /// <summary>The actor has stopped: what exists only for it may go.</summary>
    void Release();
}
