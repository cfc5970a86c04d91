using System.Collections.Concurrent;

namespace Actors.Testing;

/// <summary>What a test actor has received and the test has not looked at yet. Any number of writers, one reader.</summary>
#pragma warning disable CA1001 // The semaphore never makes the handle that it would have to dispose of.
internal sealed class TestActorQueue
#pragma warning restore CA1001
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly ConcurrentQueue<MessageEnvelope> _envelopes = new();
    private readonly SemaphoreSlim _count = new(0);

    public bool IsEmpty => _envelopes.IsEmpty;

    public void Enqueue(MessageEnvelope envelope)
    {
        _envelopes.Enqueue(envelope);
        _count.Release();
    }

    /// <summary>Takes the next envelope, or null if none came in time. An infinite time-out waits for ever.</summary>
    public async ValueTask<MessageEnvelope?> TakeAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!await _count.WaitAsync(Bounded(timeout), cancellationToken))
            return null;
        _envelopes.TryDequeue(out MessageEnvelope? envelope);
        return envelope;
    }

    /// <summary>Looks at the next envelope and leaves it there; null if none came in time.</summary>
    public async ValueTask<MessageEnvelope?> PeekAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!await _count.WaitAsync(Bounded(timeout), cancellationToken))
            return null;
        _envelopes.TryPeek(out MessageEnvelope? envelope);
        _count.Release();
        return envelope;
    }

    /// <summary>Takes all that is there.</summary>
    public IEnumerable<MessageEnvelope> Drain()
    {
        while (_count.Wait(TimeSpan.Zero) && _envelopes.TryDequeue(out MessageEnvelope? envelope))
            yield return envelope;
    }

    private static TimeSpan Bounded(TimeSpan timeout)
    {
        if (timeout == Timeout.InfiniteTimeSpan)
            return timeout;
        if (timeout < TimeSpan.Zero)
            return TimeSpan.Zero;
        return timeout > LongestWait ? LongestWait : timeout;
    }
}
