using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Actors.Remote;

/// <summary>
/// Messages of one association that wait to be written, in order. Anybody adds; only the holder of the association's
/// drain lock takes. Bounded by bytes; what does not fit is refused (drop newest), so a peer that does not read costs
/// at most this much.
/// </summary>
internal sealed class OutboundLane(long bytesMax)
{
    private readonly ConcurrentQueue<OutboundEnvelope> _queue = new();
    private OutboundEnvelope _putBack;
    private bool _hasPutBack;
    private long _bytes;

    public bool IsEmpty => !_hasPutBack && _queue.IsEmpty;

    public bool TryAdd(in OutboundEnvelope envelope)
    {
        var cost = envelope.CostBytes;
        if (Interlocked.Add(ref _bytes, cost) > bytesMax)
        {
            Interlocked.Add(ref _bytes, -cost);
            return false;
        }
        _queue.Enqueue(envelope);
        return true;
    }

    /// <summary>Takes the oldest message. Its cost still counts until it is released.</summary>
    public bool TryTake_NeedsDrainLock([MaybeNullWhen(false)] out OutboundEnvelope envelope)
    {
        if (!_hasPutBack)
            return _queue.TryDequeue(out envelope);
        envelope = _putBack;
        _putBack = default;
        _hasPutBack = false;
        return true;
    }

    /// <summary>Returns a message that did not fit into the buffer; it is the next one again.</summary>
    public void PutBack_NeedsDrainLock(in OutboundEnvelope envelope)
    {
        _putBack = envelope;
        _hasPutBack = true;
    }

    /// <summary>Gives back the cost of messages that were taken; once for many.</summary>
    public void Release(long costBytes) => Interlocked.Add(ref _bytes, -costBytes);
}
