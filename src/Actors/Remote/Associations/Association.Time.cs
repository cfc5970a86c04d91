using Actors.Event;

namespace Actors.Remote;

/// <summary>What happens because time passed. One timer at a time is armed, for the earliest thing that is due.</summary>
internal sealed partial class Association
{
    private TimeSpan _armedFor = TimeSpan.MaxValue;
    private TimeSpan? _unreachableSince;

    private void ArmTimer(TimeSpan now)
    {
        var due = NextDue(now);
        if (due >= _armedFor)
            return;
        _armedFor = due;
        _remoting.Host.Schedule(due > now ? due - now : TimeSpan.Zero, () => OnTimer(due));
    }

    private TimeSpan NextDue(TimeSpan now)
    {
        var due = _state.NextDue ?? TimeSpan.MaxValue;
        if (_state.WritableLink != 0)
            due = Earlier(Earlier(due, _acknowledgeAt), _resendAt);
        if (_outbox.Count > 0 && !_state.TakesMessages && !_remoting.IsShuttingDown)
            due = Earlier(due, _state.GatedUntil > now ? _state.GatedUntil : now);
        return due;
    }

    private static TimeSpan Earlier(TimeSpan due, TimeSpan? other) => other is { } earlier && earlier < due ? earlier : due;

    private void OnTimer(TimeSpan due)
    {
        var isHopeless = Change(now => OnTimer(due, now));
        if (!isHopeless)
            return;
        _remoting.Log.Info("{0} cannot be reached, and system messages have waited for it for too long: it is given up", Remote);
        _remoting.Provider.GiveUp(Remote, PeerUid);
    }

    /// <summary>True where the peer is to be given up.</summary>
    private bool OnTimer(TimeSpan due, TimeSpan now)
    {
        if (_armedFor == due)
            _armedFor = TimeSpan.MaxValue;
        foreach (var (id, link) in _links)
            _state.Heard(id, link.LastHeard);
        _state.Tick(now);
        if (_acknowledgeAt <= now)
            AcknowledgeAlone();
        if (_resendAt <= now)
            ResendOverdue(now);
        if (_outbox.Count == 0 || _state.WritableLink != 0)
        {
            _unreachableSince = null;
            return false;
        }
        _unreachableSince ??= now;
        _state.Want(now); // undelivered system messages are worth a connection of their own
        return now - _unreachableSince >= _remoting.Settings.SystemMessageDeliveryTimeout;
    }

    private void AcknowledgeAlone()
    {
        if (!_links.TryGetValue(_state.WritableLink, out var link))
            return;
        link.Post(EnvelopeFrame.AcknowledgementOnly(_inbox.Acknowledgement));
        _toWake.Add(link);
        _acknowledgeAt = null;
    }

    private void ResendOverdue(TimeSpan now)
    {
        if (_resends.Count == 0)
        {
            foreach (var message in _outbox.Unacknowledged.Take(_remoting.Settings.ResendLimit))
                _resends.Enqueue(message);
            _hasSystemWork |= _resends.Count > 0;
        }
        _resendAt = _outbox.Unacknowledged.Count > 0 ? now + _remoting.Settings.ResendInterval : null;
    }
}
