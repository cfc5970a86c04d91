namespace Actors.Runtime;

/// <summary>The stash of one instance of an actor. Used only while that actor runs.</summary>
internal sealed class StashOfMessages(ActorCell cell, Mailbox mailbox, int capacity) : IStash
{
    private List<Envelope> _stashed = [];
    private long _turnStashed;

    public int Count => _stashed.Count;

    public bool IsEmpty => _stashed.Count == 0;

    public bool NonEmpty => !IsEmpty;

    public int Capacity => capacity;

    public bool IsFull => Capacity >= 0 && Count >= Capacity;

    public void Stash()
    {
        object message = cell.CurrentMessage ?? throw new IllegalActorStateException("There is no message to stash");
        if (_turnStashed == cell.Turn)
            throw new IllegalActorStateException($"Can't stash the same message {message} more than once");
        if (IsFull)
            throw new StashOverflowException($"Couldn't enqueue message {message} to stash of {cell.Self}: it holds {Count} messages already");
        _turnStashed = cell.Turn;
        _stashed.Add(new Envelope(message, cell.CurrentSender!));
    }

    public void Unstash()
    {
        if (IsEmpty)
            return;
        Envelope oldest = _stashed[0];
        _stashed.RemoveAt(0);
        GiveBack([oldest]);
    }

    public void UnstashAll() => GiveBack(Take());

    public void UnstashAll(Func<Envelope, bool> predicate) => GiveBack(Take().Where(predicate).ToArray());

    public IEnumerable<Envelope> ClearStash() => Take();

    public void Prepend(IEnumerable<Envelope> envelopes) => _stashed.InsertRange(0, envelopes);

    private void GiveBack(IReadOnlyList<Envelope> envelopes)
    {
        foreach (Envelope envelope in envelopes)
        {
            if (envelope.Message is Terminated terminated)
                cell.ExpectAgain(terminated);
        }
        mailbox.Prepend(envelopes);
    }

    private List<Envelope> Take()
    {
        List<Envelope> taken = _stashed;
        _stashed = [];
        return taken;
    }
}
