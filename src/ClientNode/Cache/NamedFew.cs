namespace Actors.Client.Cache;

/// <summary>
/// Of very many at once some are named and the rest is counted: ten thousand lines are not read by people, and what carries them
/// would be flooded.
/// </summary>
internal sealed class NamedFew(int most)
{
    private int _named;
    private int _more;

    /// <summary>Something waits to be told as a number.</summary>
    public bool HasMore => _more > 0;

    /// <summary>True: the next one is named. False: it is counted.</summary>
    public bool TryName()
    {
        if (_named == most)
        {
            _more++;
            return false;
        }
        _named++;
        return true;
    }

    /// <summary>How many were counted since the last call. Where none was, it is not very many any more: the next ones are named.</summary>
    public int TakeMore()
    {
        var more = _more;
        _more = 0;
        if (more == 0)
            _named = 0;
        return more;
    }
}
