namespace Actors.Runtime;

/// <summary>The limit of a bounded mailbox, and what happens at it.</summary>
internal sealed class MailboxBound(int capacity, MailboxOverflow policy)
{
    private int _count;

    public MailboxOverflow Policy => policy;

    public int Capacity => capacity;

    public bool TryEnter()
    {
        if (Interlocked.Increment(ref _count) <= capacity)
            return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    public void Leave() => Interlocked.Decrement(ref _count);
}

/// <summary>What happens to a message that finds its mailbox full.</summary>
internal enum MailboxOverflow
{
    /// <summary>The message becomes a dead letter.</summary>
    DropNewest,

    /// <summary>The message becomes a dead letter and the owner of the mailbox fails.</summary>
    Fail,
}
