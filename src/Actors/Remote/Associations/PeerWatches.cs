using Actors.Runtime;
using Actors.Runtime.SystemMessages;

namespace Actors.Remote;

/// <summary>
/// Which local actors one incarnation of a peer watches. When the incarnation is gone its watches are taken back;
/// otherwise every restart of a peer would leave a watcher behind that nobody is.
/// </summary>
internal sealed class PeerWatches(int countMax)
{
    private readonly HashSet<(IActorRef Watchee, IActorRef Watcher)> _watches = [];

    /// <summary>Notes what a message changes; false if it is one watch too many and must not be delivered.</summary>
    public bool Note(InboundMessage message)
    {
        switch (message.Message)
        {
            case Watch watch when _watches.Count >= countMax:
                return _watches.Contains((watch.Watchee, watch.Watcher));
            case Watch watch:
                _watches.Add((watch.Watchee, watch.Watcher));
                break;
            case Unwatch unwatch:
                _watches.Remove((unwatch.Watchee, unwatch.Watcher));
                break;
        }
        return true;
    }

    /// <summary>A watched actor has ended, and its watcher is told.</summary>
    public void Ended(IActorRef watchee, IActorRef watcher) => _watches.Remove((watchee, watcher));

    /// <summary>Takes all watches back.</summary>
    public void Release()
    {
        foreach (var (watchee, watcher) in _watches)
        {
            var watched = (IInternalActorRef)watchee;
            watched.SendSystemMessage(new Unwatch(watched, (IInternalActorRef)watcher));
        }
        _watches.Clear();
    }
}
