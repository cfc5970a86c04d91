using Actors.Event;

namespace Actors.Remote;

/// <summary>Asks the remote watcher of another system whether it is there. Nobody needs to hear that it went nowhere.</summary>
internal sealed class WatcherHeartbeat : IDeadLetterSuppression
{
    public static readonly WatcherHeartbeat Instance = new();

    private WatcherHeartbeat() { }
}
