using Actors.Runtime;

namespace Actors.Remote;

/// <summary>What the remote watcher knows of one system whose actors are watched.</summary>
internal sealed class WatchedNode(WatchDetectorSettings settings)
{
    public HashSet<IInternalActorRef> Watchees { get; } = [];

    public PhiAccrualFailureDetector Detector { get; private set; } = new(settings);

    /// <summary>The incarnation that answered last.</summary>
    public long? Uid { get; set; }

    public bool IsUnreachable { get; set; }

    /// <summary>Begins again after the system was given up.</summary>
    public void Revive()
    {
        Detector = new PhiAccrualFailureDetector(settings);
        Uid = null;
        IsUnreachable = false;
    }
}
