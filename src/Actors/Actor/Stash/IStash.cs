namespace Actors.Runtime;

/// <summary>Messages that an actor put aside for later.</summary>
public interface IStash
{
    /// <summary>How many messages it holds.</summary>
    int Count { get; }

    /// <summary>Whether it holds none.</summary>
    bool IsEmpty { get; }

    /// <summary>Whether it holds any.</summary>
    bool NonEmpty { get; }

    /// <summary>Whether it can take no more.</summary>
    bool IsFull { get; }

    /// <summary>How many messages it can hold; -1 for no limit.</summary>
    int Capacity { get; }

    /// <summary>Puts the message at hand aside.</summary>
    /// <exception cref="IllegalActorStateException">The message was put aside already.</exception>
    /// <exception cref="StashOverflowException">The stash is full.</exception>
    void Stash();

    /// <summary>Puts the oldest message before all that are in the mailbox.</summary>
    void Unstash();

    /// <summary>Puts all messages before those that are in the mailbox, in their order.</summary>
    void UnstashAll();

    /// <summary>Puts those that fit before the messages in the mailbox, in their order; the others are thrown away.</summary>
    void UnstashAll(Func<Envelope, bool> predicate);

    /// <summary>Takes all messages out.</summary>
    IEnumerable<Envelope> ClearStash();

    /// <summary>Puts messages before those in the stash.</summary>
    void Prepend(IEnumerable<Envelope> envelopes);
}
