using Actors.Runtime.SystemMessages;

namespace Actors.Remote;

/// <summary>
/// System messages: numbered, acknowledged, sent again. First transmissions keep their place among the messages of the
/// control lane by a marker; what is sent again goes ahead of everything.
/// </summary>
internal sealed partial class Association
{
    private readonly SystemMessageOutbox<OutboundEnvelope> _outbox;
    private readonly Queue<Numbered<OutboundEnvelope>> _resends = new();
    private readonly List<InboundMessage> _deliverable = [];

    /// <summary>
    /// Held from taking numbered messages until they are delivered, so that another link does not overtake. Comes before
    /// <see cref="_gate"/>: an end may be answered while it is delivered.
    /// </summary>
    private readonly Lock _delivery = new();
    private readonly PeerWatches _watches;
    private SystemMessageInbox<InboundMessage> _inbox;
    private bool _sendsUnsent;
    private volatile bool _hasSystemWork;
    private TimeSpan? _acknowledgeAt;
    private TimeSpan? _resendAt;

    /// <summary>Keeps a system message until the peer acknowledges it.</summary>
    public void SendSystem(in OutboundEnvelope envelope)
    {
        bool isKept;
        lock (_gate)
        {
            isKept = _outbox.TryAdd(envelope);
            if (envelope.Message is DeathWatchNotification end)
                _watches.Ended(end.Actor, envelope.Recipient!);
        }
        if (!isKept)
        {
            _remoting.Rejections.Count(Rejection.SystemMessagesLost, $"{Remote} acknowledges no system messages: the buffer is full, and the peer is quarantined");
            _remoting.Provider.GiveUp(Remote, PeerUid);
            return;
        }
        if (!_takesMessages && !Want())
        {
            Change(_ => true); // arms the timer that dials when the gate opens
            return;
        }
        if (!_control.TryAdd(default))
            Change(_ => _sendsUnsent = true); // no place for a marker: it goes ahead instead
        else
            _writable?.Wake();
    }

    public void OnAcknowledged(Acknowledgement acknowledgement)
    {
        long? uid;
        lock (_gate)
        {
            uid = _state.PeerUid;
            if (_outbox.TryAcknowledge(acknowledgement, out var missing))
            {
                foreach (var message in missing)
                    _resends.Enqueue(message);
                _hasSystemWork |= missing.Count > 0;
                if (_outbox.Unacknowledged.Count == 0)
                    _resendAt = null;
                uid = null;
            }
        }
        if (uid != null)
        {
            _remoting.Rejections.Count(Rejection.ImpossibleAcknowledgement, $"{Remote} acknowledges what it was not sent, or misses what it has acknowledged; it is quarantined");
            _remoting.Provider.GiveUp(Remote, uid);
        }
        else if (_hasSystemWork)
        {
            _writable?.Wake();
        }
    }

    /// <summary>A numbered message came in; null when it could not be understood, which does not stop its successors.</summary>
    public void OnNumbered(long seq, InboundMessage? message)
    {
        lock (_delivery)
        {
            lock (_gate)
                TakeNumbered(seq, message);
            foreach (var deliverable in _deliverable)
                deliverable.Deliver();
            _deliverable.Clear();
        }
    }

    private void TakeNumbered(long seq, InboundMessage? message)
    {
        var isNew = _inbox.Receive(seq, message ?? InboundMessage.Nothing, _deliverable);
        if (!isNew)
            _remoting.Rejections.CountSilently(Rejection.RepeatedSystemMessage);
        var refused = _deliverable.RemoveAll(deliverable => !_watches.Note(deliverable));
        if (refused > 0)
            _remoting.Rejections.Count(Rejection.TooManyWatches, $"{Remote} watches too many actors: the newest watch is refused");
        if (_acknowledgeAt != null)
            return;
        var now = _remoting.Host.Now;
        _acknowledgeAt = now + _remoting.Settings.AcknowledgeAfter;
        ArmTimer(now);
    }

    private SystemMessageInbox<InboundMessage> NewInbox() => new(Math.Min(_remoting.Settings.SystemMessageBufferSize, 4096));

    private void ForgetSystemMessages()
    {
        _outbox.Clear();
        _resends.Clear();
        _resendAt = null;
    }

    private Acknowledgement? TakeAcknowledgement()
    {
        if (_acknowledgeAt == null)
            return null;
        lock (_gate)
        {
            if (_acknowledgeAt == null)
                return null;
            _acknowledgeAt = null;
            return _inbox.Acknowledgement;
        }
    }

    private void GiveBackAcknowledgement()
    {
        lock (_gate)
            _acknowledgeAt ??= _remoting.Host.Now;
    }

    private int GatherSystemMessages(ref byte[] buffer, int used)
    {
        while (TryTakeResend(out var message))
        {
            var written = Write(message.Message, message.Seq, ref buffer, used);
            if (written < 0)
            {
                PutBackResend(message);
                return used;
            }
            used += written;
        }
        return used;
    }

    /// <summary>Takes what is to be sent again, then, after a new association, what was never sent.</summary>
    private bool TryTakeResend(out Numbered<OutboundEnvelope> message)
    {
        lock (_gate)
        {
            if (_resends.TryDequeue(out message) || (_sendsUnsent && _outbox.TryTake(out message)))
            {
                ExpectAcknowledgement();
                return true;
            }
            _sendsUnsent = false;
            _hasSystemWork = false;
            return false;
        }
    }

    private void PutBackResend(Numbered<OutboundEnvelope> message)
    {
        lock (_gate)
        {
            var later = _resends.ToArray();
            _resends.Clear();
            _resends.Enqueue(message);
            foreach (var resend in later)
                _resends.Enqueue(resend);
        }
    }

    private int GatherNextSystemMessage(ref byte[] buffer, int used, out bool fitted)
    {
        fitted = true;
        Numbered<OutboundEnvelope> message;
        lock (_gate)
        {
            if (!_outbox.TryTake(out message))
                return used; // it went out ahead, after a new association
            ExpectAcknowledgement();
        }
        var written = Write(message.Message, message.Seq, ref buffer, used);
        fitted = written >= 0;
        if (fitted)
            return used + written;
        PutBackResend(message);
        _hasSystemWork = true;
        return used;
    }

    private void ExpectAcknowledgement()
    {
        if (_resendAt != null)
            return;
        var now = _remoting.Host.Now;
        _resendAt = now + _remoting.Settings.ResendInterval;
        ArmTimer(now);
    }
}
