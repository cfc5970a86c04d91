using Kind = Actors.Remote.AssociationEffectKind;

namespace Actors.Remote;

/// <summary>What an association decides because time passed.</summary>
internal sealed partial class AssociationState
{
    /// <summary>The next moment at which <see cref="Tick"/> has something to do; null when nothing is due ever.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            TimeSpan? due = null;
            foreach (var link in Links())
            {
                var linkDue = link.IsUp && link.NextHeartbeat < link.Deadline ? link.NextHeartbeat : link.Deadline;
                due = due is { } earlier && earlier < linkDue ? earlier : linkDue;
            }
            return due;
        }
    }

    /// <summary>When the gate opens; in the past when it is open.</summary>
    public TimeSpan GatedUntil => _gatedUntil;

    public void Tick(TimeSpan now)
    {
        foreach (var link in Links())
        {
            if (now >= link.Deadline)
            {
                Emit(Kind.Abort, link.Id);
                Lose(link, Overdue(link.Stage), now);
            }
            else if (link.IsUp && now >= link.NextHeartbeat)
            {
                link.NextHeartbeat = now + timings.HeartbeatInterval;
                Emit(Kind.SendHeartbeat, link.Id);
            }
        }
        foreach (var (uid, until) in _quarantinedUntil)
        {
            if (now >= until)
                _quarantinedUntil.Remove(uid);
        }
    }

    private static string Overdue(LinkStage stage) => stage switch
    {
        LinkStage.Connecting => "no connection within connection-timeout",
        LinkStage.Greeting => "no response to the handshake within handshake-timeout",
        _ => "no response from remote: transport failure detector triggered",
    };
}
