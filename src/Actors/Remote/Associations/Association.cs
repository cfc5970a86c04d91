using Actors.Event;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>
/// Everything this node has with one remote address. Messages pass through two lanes without a lock; the few events that
/// change the association pass one at a time through <see cref="AssociationState"/>, and its decisions are carried out here.
/// </summary>
internal sealed partial class Association
{
    private readonly Lock _gate = new();
    private readonly Remoting _remoting;
    private readonly AssociationState _state;
    private readonly Dictionary<int, Link> _links = [];
    private readonly HashSet<Link> _toWake = [];
    private IDisposable? _attempt;
    private bool _dropsQueued;
    private volatile Link? _writable;
    private volatile bool _takesMessages;
    private volatile bool _isRetired;
    private volatile bool _isDraining;

    public Association(Remoting remoting, Address remote)
    {
        _remoting = remoting;
        Remote = remote;
        _state = new AssociationState(remoting.Settings.Timings);
        _control = new OutboundLane(remoting.Settings.LaneBytesMax);
        _bulk = new OutboundLane(remoting.Settings.LaneBytesMax);
        _outbox = new SystemMessageOutbox<OutboundEnvelope>(remoting.Settings.SystemMessageBufferSize);
        _inbox = NewInbox();
        _watches = new PeerWatches(remoting.Settings.SystemMessageBufferSize);
    }

    public Address Remote { get; }

    /// <summary>Whether the table has forgotten this association; who holds on to it must look the address up again.</summary>
    public bool IsRetired => _isRetired;

    public long? PeerUid
    {
        get
        {
            lock (_gate)
                return _state.PeerUid;
        }
    }

    /// <summary>A peer dialled and introduced itself.</summary>
    public bool TryAccept(Link link, long uid) => Change(now =>
    {
        if (_isRetired)
            return false;
        var id = _state.NextLink();
        link.Belong(this, id);
        _links.Add(id, link);
        _state.Accepted(id, uid, now);
        return true;
    });

    public void OnAnswered(Link link, Handshake handshake) => Change(now =>
    {
        if (_remoting.AddressOf(handshake) is var own && own != Remote)
            _remoting.Log.Warning("{0} calls itself {1}: it will drop what is sent to it by another address", Remote, own);
        _state.Answered(link.Id, handshake.Uid, now);
        return true;
    });

    public void OnDisassociated(Link link, ControlCommand command) => Change(now =>
    {
        _state.Disassociated(link.Id, command, now);
        return true;
    });

    public void OnClosed(int link, string? cause) => Change(now =>
    {
        _links.Remove(link);
        _state.Closed(link, cause, now);
        return true;
    });

    /// <summary>Gives an incarnation of the peer up: by default the last one met, and before any is, what waits for it.</summary>
    public void Quarantine(long? uid) => Change(now =>
    {
        uid ??= _state.PeerUid;
        if (uid == null || uid == _state.PeerUid)
            ForgetSystemMessages();
        _state.Quarantine(uid, now);
        return true;
    });

    private void Drained() => Change(_ =>
    {
        _isDraining = false;
        _state.Drained();
        return true;
    });

    /// <summary>Takes no more messages, and says goodbye once those that wait are out.</summary>
    public void ShutDown() => Change(_ =>
    {
        _isDraining = true;
        _state.ShutDown();
        return true;
    });

    public void AbortAll()
    {
        Link[] links;
        lock (_gate)
            links = [.. _links.Values];
        foreach (var link in links)
            link.Abort();
    }

    /// <summary>Marks the association as forgotten if nothing is lost by it.</summary>
    public bool TryRetire() => Change(now =>
        _isRetired = _state.IsForgettable(now) && _links.Count == 0 && _outbox.Count == 0 && _control.IsEmpty && _bulk.IsEmpty);

    private bool Want() => Change(_state.Want);

    /// <summary>Lets one event in, and carries out what was decided. What may call back happens after the lock.</summary>
    private bool Change(Func<TimeSpan, bool> decide)
    {
        bool result, drops;
        Link[] awake;
        lock (_gate)
        {
            _locksHeld++;
            try
            {
                result = Decide(decide, out drops, out awake);
            }
            finally
            {
                _locksHeld--;
            }
        }
        if (drops)
            DropQueued();
        foreach (var link in awake)
            link.Wake();
        return result;
    }

    private bool Decide(Func<TimeSpan, bool> decide, out bool drops, out Link[] awake)
    {
        var now = _remoting.Host.Now;
        var result = decide(now);
        foreach (var effect in _state.TakeEffects())
            CarryOut(effect);
        _takesMessages = _state.TakesMessages;
        _writable = _links.GetValueOrDefault(_state.WritableLink);
        ArmTimer(now);
        drops = _dropsQueued;
        _dropsQueued = false;
        if (_writable != null)
            _toWake.Add(_writable);
        awake = [.. _toWake];
        _toWake.Clear();
        return result;
    }

    private void CarryOut(AssociationEffect effect)
    {
        switch (effect.Kind)
        {
            case AssociationEffectKind.Dial:
                Dial(effect.Link);
                break;
            case AssociationEffectKind.Abort:
                Abandon(effect.Link);
                break;
            case AssociationEffectKind.Close when _links.TryGetValue(effect.Link, out var closing):
                closing.CloseWhenSent();
                break;
            case AssociationEffectKind.Associated:
                Associated(effect);
                break;
            case AssociationEffectKind.NewIncarnation:
                _outbox.StartAnew();
                _resends.Clear();
                _inbox = NewInbox();
                _acknowledgeAt = null;
                _watches.Release();
                break;
            case AssociationEffectKind.DropQueued:
                _dropsQueued = true;
                break;
            case AssociationEffectKind.Greet:
                Post(effect.Link, _remoting.AssociateFrame);
                break;
            case AssociationEffectKind.SendHeartbeat:
                Post(effect.Link, ControlFrames.Heartbeat);
                break;
            case AssociationEffectKind.SendDisassociate:
                Post(effect.Link, ControlFrames.Disassociate);
                break;
            case AssociationEffectKind.SendShuttingDown:
                Post(effect.Link, ControlFrames.DisassociateShuttingDown);
                break;
            case AssociationEffectKind.SendQuarantined:
                Post(effect.Link, ControlFrames.DisassociateQuarantined);
                break;
            default:
                _remoting.Tell(Remote, effect);
                break;
        }
    }

    private void Associated(AssociationEffect effect)
    {
        _links[effect.Link].Establish();
        _resends.Clear();
        foreach (var message in _outbox.Unacknowledged)
            _resends.Enqueue(message);
        _sendsUnsent = true;
        _hasSystemWork = true;
        _resendAt = null;
        _remoting.Tell(Remote, effect);
    }

    private void Post(int link, byte[] frame)
    {
        if (!_links.TryGetValue(link, out var open))
            return;
        open.Post(frame);
        _toWake.Add(open);
    }

    private void Dial(int link) => _attempt = _remoting.Transport.Connect(Remote.Host!, Remote.Port!.Value,
        connection => OnConnected(link, connection),
        cause => OnClosed(link, cause));

    private void OnConnected(int id, IConnection connection)
    {
        var link = new Link(_remoting, connection, this, id);
        lock (_gate)
            _links.Add(id, link);
        link.Open();
        Change(now =>
        {
            _state.Connected(id, now);
            return true;
        });
    }

    private void Abandon(int link)
    {
        if (_links.TryGetValue(link, out var open))
        {
            open.Abort();
        }
        else
        {
            _attempt?.Dispose();
            _attempt = null;
        }
    }
}
