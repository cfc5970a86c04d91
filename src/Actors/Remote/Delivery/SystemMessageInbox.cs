namespace Actors.Remote;

/// <summary>
/// Puts the numbered system messages of one incarnation of a peer back in order and once only. Pure.
/// </summary>
/// <param name="window">
/// How far ahead of the next expected number a message may be. What is further ahead is dropped without being
/// acknowledged, so the peer sends it again: a peer cannot make this side hold, or list as missing, more than this.
/// </param>
internal sealed class SystemMessageInbox<T>(int window)
{
    private readonly Dictionary<long, T> _early = [];
    private long _highest = -1;
    private long _delivered = -1;

    /// <summary>What was seen so far, for the peer to know.</summary>
    public Acknowledgement Acknowledgement => _highest == _delivered ? new Acknowledgement(_highest) : new Acknowledgement(_highest, Gaps());

    /// <summary>
    /// Takes a message and appends to <paramref name="deliverable"/> all that is in order now. False when the message
    /// is new to nobody or too early; an acknowledgement is due in any case.
    /// </summary>
    public bool Receive(long seq, T message, List<T> deliverable)
    {
        if (seq <= _delivered || seq > _delivered + window || !_early.TryAdd(seq, message))
            return false;
        _highest = Math.Max(_highest, seq);
        while (_early.Remove(_delivered + 1, out var next))
        {
            _delivered++;
            deliverable.Add(next);
        }
        return true;
    }

    private List<long> Gaps()
    {
        var gaps = new List<long>();
        for (var seq = _delivered + 1; seq < _highest; seq++)
        {
            if (!_early.ContainsKey(seq))
                gaps.Add(seq);
        }
        return gaps;
    }
}
