using Kind = Actors.Remote.AssociationEffectKind;

namespace Actors.Remote;

/// <summary>
/// What one node knows of its connections to one remote address, and what it decides on each event. Pure: events and the
/// time come in, <see cref="TakeEffects"/> hands out what is to be done. At most one dialled and one accepted link are
/// live; both are read, one is written to.
/// </summary>
internal sealed partial class AssociationState(AssociationTimings timings)
{
    private readonly Dictionary<long, TimeSpan> _quarantinedUntil = [];
    private List<AssociationEffect> _effects = [];
    private LinkState? _dialed;
    private LinkState? _accepted;
    private TimeSpan _gatedUntil;
    private int _lastLink;
    private bool _isShutDown;

    /// <summary>The uid of the peer's incarnation that was last associated.</summary>
    public long? PeerUid { get; private set; }

    /// <summary>
    /// The link that own messages go out on; 0 while there is none. While an own dial waits for its answer nothing is
    /// written anywhere: the peer that took it no longer listens on the connection that it made itself.
    /// </summary>
    public int WritableLink => _dialed switch
    {
        { IsUp: true } => _dialed.Id,
        null when _accepted is { IsDeaf: false } && timings.UsePassiveConnections => _accepted.Id,
        _ => 0,
    };

    /// <summary>Whether a message may be queued without asking: there is a link, or one is being made.</summary>
    public bool TakesMessages => !_isShutDown && (_dialed != null || WritableLink != 0);

    public bool HasLinks => _dialed != null || _accepted != null;

    /// <summary>Whether nothing would be lost by forgetting this address.</summary>
    public bool IsForgettable(TimeSpan now) => !HasLinks && _gatedUntil <= now && _quarantinedUntil.Count == 0;

    /// <summary>Hands out the decisions since the last call.</summary>
    public IReadOnlyList<AssociationEffect> TakeEffects()
    {
        if (_effects.Count == 0)
            return [];
        var effects = _effects;
        _effects = [];
        return effects;
    }

    public int NextLink() => ++_lastLink;

    /// <summary>Somebody has a message: true if it is to be queued, false if the address is gated.</summary>
    public bool Want(TimeSpan now)
    {
        if (TakesMessages)
            return true;
        if (_isShutDown || now < _gatedUntil)
            return false;
        Dial(now);
        return true;
    }

    public void Connected(int link, TimeSpan now)
    {
        if (_dialed is not { Stage: LinkStage.Connecting } dialed || dialed.Id != link)
        {
            Emit(Kind.Abort, link);
            return;
        }
        dialed.Stage = LinkStage.Greeting;
        dialed.Deadline = now + timings.HandshakeTimeout;
        Emit(Kind.Greet, link);
    }

    /// <summary>The peer answered the ASSOCIATE of the dialled link.</summary>
    public void Answered(int link, long uid, TimeSpan now)
    {
        if (_dialed is not { Stage: LinkStage.Greeting } dialed || dialed.Id != link)
        {
            Emit(Kind.Abort, link);
            return;
        }
        if (_quarantinedUntil.ContainsKey(uid))
        {
            Emit(Kind.SendQuarantined, link);
            Emit(Kind.Close, link);
            Lose(dialed, "the remote system has a UID that has been quarantined", now);
            return;
        }
        if (IsNewIncarnation(uid) && _accepted is { } old)
            Replace(old);
        Establish(dialed, uid, now);
        if (_accepted is { } accepted)
            accepted.IsDeaf = true;
    }

    /// <summary>A peer dialled and introduced itself.</summary>
    public void Accepted(int link, long uid, TimeSpan now)
    {
        Emit(Kind.Greet, link);
        if (_isShutDown || _quarantinedUntil.ContainsKey(uid))
        {
            Emit(_isShutDown ? Kind.SendShuttingDown : Kind.SendQuarantined, link);
            Emit(Kind.Close, link);
            return;
        }
        if (_accepted is { } former)
            Replace(former);
        var accepted = new LinkState(link, isInbound: true);
        if (_dialed is { } dialed)
            Reconcile(dialed, accepted, uid, now);
        _accepted = accepted;
        _gatedUntil = TimeSpan.Zero;
        Establish(accepted, uid, now);
    }

    /// <summary>The peer said that it will send no more on this link.</summary>
    public void Disassociated(int link, ControlCommand command, TimeSpan now)
    {
        if (Find(link) is not { } lost)
            return;
        if (command == ControlCommand.DisassociateQuarantined)
            Emit(Kind.QuarantinedByPeer, link);
        else if (command == ControlCommand.DisassociateShuttingDown)
            Emit(Kind.PeerShutDown, link);
        Emit(Kind.Close, link);
        Lose(lost, cause: null, now, isExplained: command != ControlCommand.Disassociate);
    }

    /// <summary>A link, or the attempt to make it, ended; without a cause it was closed in order.</summary>
    public void Closed(int link, string? cause, TimeSpan now)
    {
        if (Find(link) is { } lost)
            Lose(lost, cause ?? (lost.IsUp ? null : "the connection was closed before the handshake was answered"), now);
    }

    /// <summary>Anything came in on the link.</summary>
    public void Heard(int link, TimeSpan now)
    {
        if (Find(link) is { IsUp: true } heard)
            heard.Deadline = now + Silence;
    }

    /// <summary>
    /// Gives the incarnation up for good. Without a uid only the connections end: what is not known cannot be refused.
    /// </summary>
    public void Quarantine(long? uid, TimeSpan now)
    {
        if (uid is { } quarantined)
        {
            var isNews = !_quarantinedUntil.ContainsKey(quarantined);
            var isAnother = PeerUid != null && PeerUid != quarantined;
            _quarantinedUntil[quarantined] = now + timings.QuarantineRemembered;
            if (isNews && !(isAnother && HasLinks))
                Emit(new AssociationEffect(Kind.Quarantined, Uid: quarantined));
            if (isAnother)
                return; // an old incarnation; the present one is not touched
        }
        foreach (var link in Links())
        {
            if (uid != null && link.IsUp)
                Emit(Kind.SendQuarantined, link.Id);
            Replace(link);
        }
        Gate(now);
    }

    /// <summary>Takes no more messages. The link that is written to stays until what waits for it is out.</summary>
    public void ShutDown()
    {
        _isShutDown = true;
        var writable = WritableLink;
        foreach (var link in Links())
        {
            if (link.Id != writable)
                Part(link);
        }
        if (writable == 0)
            Emit(Kind.DropQueued);
    }

    /// <summary>After <see cref="ShutDown"/>: everything is out.</summary>
    public void Drained()
    {
        foreach (var link in Links())
            Part(link);
    }

    private TimeSpan Silence => timings.HeartbeatInterval + timings.AcceptableHeartbeatPause;

    private void Dial(TimeSpan now)
    {
        _dialed = new LinkState(NextLink(), isInbound: false) { Deadline = now + timings.ConnectTimeout };
        Emit(Kind.Dial, _dialed.Id);
    }

    private bool IsNewIncarnation(long uid) => PeerUid is { } known && known != uid;

    private void Establish(LinkState link, long uid, TimeSpan now)
    {
        if (IsNewIncarnation(uid))
            Emit(new AssociationEffect(Kind.NewIncarnation, link.Id, uid));
        PeerUid = uid;
        link.Stage = LinkStage.Up;
        link.Since = now;
        link.Deadline = now + Silence;
        link.NextHeartbeat = now + timings.HeartbeatInterval;
        Emit(new AssociationEffect(Kind.Associated, link.Id, uid, link.IsInbound));
    }

    /// <summary>Both sides dialled, or the peer has lost what it had, or it is another one.</summary>
    private void Reconcile(LinkState dialed, LinkState accepted, long uid, TimeSpan now)
    {
        if (dialed.Stage == LinkStage.Connecting && timings.UsePassiveConnections)
        {
            Emit(Kind.Abort, dialed.Id); // nothing was said on it yet, so the peer cannot have preferred it
            _dialed = null;
        }
        else if (dialed.IsUp && (IsNewIncarnation(uid) || now - dialed.Since > timings.HandshakeTimeout))
        {
            // Dials cross only for as long as a handshake may take. Later the peer dials because it lost this link.
            Replace(dialed);
        }
        else
        {
            accepted.IsDeaf = dialed.IsUp;
        }
    }

    /// <summary>Ends a link that another one takes the place of.</summary>
    private void Replace(LinkState link)
    {
        if (link.IsUp)
        {
            Emit(Kind.SendDisassociate, link.Id);
            Emit(new AssociationEffect(Kind.Disassociated, link.Id, IsInbound: link.IsInbound));
        }
        Emit(link.Stage == LinkStage.Connecting ? Kind.Abort : Kind.Close, link.Id);
        Remove(link);
    }

    private void Part(LinkState link)
    {
        if (link.IsUp)
        {
            Emit(Kind.SendShuttingDown, link.Id);
            Emit(new AssociationEffect(Kind.Disassociated, link.Id, IsInbound: link.IsInbound));
        }
        Emit(link.Stage == LinkStage.Connecting ? Kind.Abort : Kind.Close, link.Id);
        Remove(link);
    }

    private void Lose(LinkState link, string? cause, TimeSpan now, bool isExplained = false)
    {
        Remove(link);
        if (cause != null)
            Emit(new AssociationEffect(Kind.Failed, link.Id, IsInbound: link.IsInbound, Cause: cause));
        if (link.IsUp)
            Emit(new AssociationEffect(Kind.Disassociated, link.Id, IsInbound: link.IsInbound));
        if (_accepted is { IsDeaf: true } deaf && _dialed == null)
        {
            // The peer still writes to the link that it made, but does not read it: dial again, or end it too.
            if (link.IsUp)
                Dial(now);
            else
                Replace(deaf);
        }
        if (TakesMessages || _dialed != null)
            return;
        if (cause == null && !isExplained && !_isShutDown)
            Emit(Kind.Lost, link.Id);
        Gate(now);
    }

    private void Gate(TimeSpan now)
    {
        _gatedUntil = now + timings.RetryGateClosedFor;
        Emit(Kind.DropQueued);
    }

    private LinkState? Find(int link) => _dialed?.Id == link ? _dialed : _accepted?.Id == link ? _accepted : null;

    private void Remove(LinkState link)
    {
        if (_dialed == link)
            _dialed = null;
        else if (_accepted == link)
            _accepted = null;
    }

    private LinkState[] Links() => (_dialed, _accepted) switch
    {
        ({ } dialed, { } accepted) => [dialed, accepted],
        ({ } dialed, null) => [dialed],
        (null, { } accepted) => [accepted],
        _ => [],
    };

    private void Emit(Kind kind, int link = 0) => Emit(new AssociationEffect(kind, link));

    private void Emit(AssociationEffect effect) => _effects.Add(effect);
}
