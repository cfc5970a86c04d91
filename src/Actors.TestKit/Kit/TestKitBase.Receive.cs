using System.Collections;
using System.Runtime.CompilerServices;
using Actors.Event;

namespace Actors.Testing;

// Taking messages as they come.
public abstract partial class TestKitBase
{
    /// <summary>Takes the next message; null if none came in time.</summary>
    public object? ReceiveOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ReceiveOneAsync(max, cancellationToken));

    /// <summary>Takes the next message; null if none came in time.</summary>
    public async ValueTask<object?> ReceiveOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TakeAsync(GetTimeoutOrDefault(max), cancellationToken)).Message;

    /// <summary>Takes the next message with its sender.</summary>
    /// <returns>False if none came in time.</returns>
    public bool TryReceiveOne(out MessageEnvelope envelope, TimeSpan? max = null, CancellationToken cancellationToken = default)
    {
        (bool success, envelope) = BlockingPump.Run(() => TryReceiveOneAsync(max, cancellationToken));
        return success;
    }

    /// <summary>Takes the next message with its sender.</summary>
    public async ValueTask<(bool success, MessageEnvelope envelope)> TryReceiveOneAsync(TimeSpan? max, CancellationToken cancellationToken = default)
    {
        MessageEnvelope envelope = await TakeAsync(GetTimeoutOrDefault(max), cancellationToken);
        return (envelope is not NullMessageEnvelope, envelope);
    }

    /// <summary>Looks at the next message and leaves it there; null if none came in time.</summary>
    public object? PeekOne(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => PeekOneAsync(max, cancellationToken));

    /// <summary>Looks at the next message and leaves it there.</summary>
    public object? PeekOne(CancellationToken cancellationToken) => PeekOne(null, cancellationToken);

    /// <summary>Looks at the next message and leaves it there; null if none came in time.</summary>
    public async ValueTask<object?> PeekOneAsync(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        (await TryPeekOneAsync(max, cancellationToken)).envelope.Message;

    /// <summary>Looks at the next message and leaves it there.</summary>
    public ValueTask<object?> PeekOneAsync(CancellationToken cancellationToken) => PeekOneAsync(null, cancellationToken);

    /// <summary>Looks at the next message and its sender and leaves them there.</summary>
    public bool TryPeekOne(out MessageEnvelope envelope, TimeSpan? max, CancellationToken cancellationToken)
    {
        (bool success, envelope) = BlockingPump.Run(() => TryPeekOneAsync(max, cancellationToken));
        return success;
    }

    /// <summary>Looks at the next message and its sender and leaves them there.</summary>
    public async ValueTask<(bool success, MessageEnvelope envelope)> TryPeekOneAsync(TimeSpan? max, CancellationToken cancellationToken)
    {
        MessageEnvelope? envelope = await _queue.PeekAsync(GetTimeoutOrDefault(max), cancellationToken);
        return (envelope is not null, _last = envelope ?? NullMessageEnvelope.Instance);
    }

    /// <summary>Takes so many messages; fails unless they all come in the remaining or usual time.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => TakeNAsync(numberOfMessages, RemainingOrDefault, cancellationToken));

    /// <summary>Takes so many messages; fails unless they all come within <paramref name="max"/>, which is dilated.</summary>
    public IReadOnlyCollection<object> ReceiveN(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => TakeNAsync(numberOfMessages, Dilated(PositiveFinite(max)), cancellationToken));

    /// <summary>Takes so many messages; fails unless they all come in the remaining or usual time.</summary>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, CancellationToken cancellationToken = default) =>
        Later(() => TakeNAsync(numberOfMessages, RemainingOrDefault, cancellationToken), cancellationToken);

    /// <summary>Takes so many messages; fails unless they all come within <paramref name="max"/>, which is dilated.</summary>
    public IAsyncEnumerable<object> ReceiveNAsync(int numberOfMessages, TimeSpan max, CancellationToken cancellationToken = default) =>
        Later(() => TakeNAsync(numberOfMessages, Dilated(PositiveFinite(max)), cancellationToken), cancellationToken);

    /// <summary>Takes messages for which the filter gives a value; the first other one stays.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, null, msgs, cancellationToken);

    /// <summary>Takes messages for which the filter gives a value; the first other one stays.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhile(filter, max, idle, msgs, cancellationToken);

    /// <summary>
    /// Takes messages for which the filter gives a value, until one comes for which it gives null, which stays; or
    /// <paramref name="max"/> is over, or none comes for <paramref name="idle"/>, or there are <paramref name="msgs"/>.
    /// </summary>
    public IReadOnlyList<T> ReceiveWhile<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => TakeWhileAsync(message => Kept<T>.From(filter(message)), max, idle, msgs, cancellationToken));

    /// <summary>Takes messages of a type until one is not wanted, which stays. Others are dropped or end it.</summary>
    public IReadOnlyList<T> ReceiveWhile<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => TakeWhileAsync(Chooser(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs, cancellationToken));

    /// <inheritdoc cref="ReceiveWhile{T}(TimeSpan?, Func{object, T}, int, CancellationToken)"/>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(TimeSpan? max, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(filter, max, null, msgs, cancellationToken);

    /// <inheritdoc cref="ReceiveWhile{T}(TimeSpan?, TimeSpan?, Func{object, T}, int, CancellationToken)"/>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(TimeSpan? max, TimeSpan? idle, Func<object, T?> filter, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        ReceiveWhileAsync(filter, max, idle, msgs, cancellationToken);

    /// <inheritdoc cref="ReceiveWhile{T}(Func{object, T}, TimeSpan?, TimeSpan?, int, CancellationToken)"/>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Func<object, T?> filter, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, CancellationToken cancellationToken = default) =>
        Later(() => TakeWhileAsync(message => Kept<T>.From(filter(message)), max, idle, msgs, cancellationToken), cancellationToken);

    /// <inheritdoc cref="ReceiveWhile{T}(Predicate{T}, TimeSpan?, TimeSpan?, int, bool, CancellationToken)"/>
    public IAsyncEnumerable<T> ReceiveWhileAsync<T>(Predicate<T> shouldContinue, TimeSpan? max = null, TimeSpan? idle = null, int msgs = int.MaxValue, bool shouldIgnoreOtherMessageTypes = true, CancellationToken cancellationToken = default) =>
        Later(() => TakeWhileAsync(Chooser(shouldContinue, shouldIgnoreOtherMessageTypes), max, idle, msgs, cancellationToken), cancellationToken);

    /// <summary>Takes messages until none comes for <paramref name="max"/>; fails if there are more than <paramref name="maxMessages"/>.</summary>
    /// <returns>What came.</returns>
    public async Task<ArrayList> WaitForRadioSilenceAsync(TimeSpan? max = null, uint? maxMessages = null, CancellationToken cancellationToken = default)
    {
        TimeSpan silence = RemainingOrDilated(max);
        var messages = new ArrayList();
        while (await TakeAsync(silence, cancellationToken) is RealMessageEnvelope envelope)
        {
            messages.Add(envelope.Message);
            if (messages.Count > maxMessages)
                _assertions.Fail("Expected silence after at most {0} messages, but message {1} came: {2}", maxMessages, messages.Count, envelope);
        }
        return messages;
    }

    private async Task<IReadOnlyCollection<object>> TakeNAsync(int count, TimeSpan max, CancellationToken cancellationToken)
    {
        TimeSpan start = Now;
        var messages = new List<object>();
        while (messages.Count < count)
        {
            if (await TakeAsync(start + max - Now, cancellationToken) is RealMessageEnvelope envelope)
                messages.Add(envelope.Message);
            else
                _assertions.Fail("Timeout ({0}) while expecting {1} messages. Only got {2} after {3}.", max, count, messages.Count, Now - start);
        }
        return messages;
    }

    private async Task<IReadOnlyList<T>> TakeWhileAsync<T>(Func<object, Kept<T>> choose, TimeSpan? max, TimeSpan? idle, int count, CancellationToken cancellationToken)
    {
        TimeSpan end = Now + RemainingOrDilated(max);
        var messages = new List<T>();
        MessageEnvelope last = NullMessageEnvelope.Instance;
        while (messages.Count < count)
        {
            TimeSpan left = end - Now;
            TimeSpan wait = idle is { } limit && limit != Timeout.InfiniteTimeSpan && limit < left ? limit : left;
            if (await _queue.PeekAsync(wait, cancellationToken) is not { } envelope)
                break;
            Kept<T> kept = choose(envelope.Message!);
            if (kept.Ends)
                break;
            last = await TakeAsync(TimeSpan.Zero, cancellationToken);
            if (kept.HasValue)
                messages.Add(kept.Value!);
        }
        _last = last;
        NothingCame();
        return messages;
    }

    private async ValueTask<MessageEnvelope> TakeAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        MessageEnvelope? envelope = await _queue.TakeAsync(timeout, cancellationToken);
        _lastWasNoMsg = false;
        if (envelope is null && TestKitSettings.LogTestKitCalls)
            Log.Debug("TestActor received no message within {0}", timeout);
        return _last = envelope ?? NullMessageEnvelope.Instance;
    }

    private static Func<object, Kept<T>> Chooser<T>(Predicate<T> shouldContinue, bool shouldIgnoreOtherMessageTypes) => message => message switch
    {
        T typed => shouldContinue(typed) ? Kept<T>.From(typed) : Kept<T>.End,
        _ => shouldIgnoreOtherMessageTypes ? Kept<T>.Skip : Kept<T>.End,
    };

    private static async IAsyncEnumerable<T> Later<T>(Func<Task<IReadOnlyList<T>>> take, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (T message in await take().WaitAsync(cancellationToken))
            yield return message;
    }

    private static async IAsyncEnumerable<T> Later<T>(Func<Task<IReadOnlyCollection<T>>> take, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (T message in await take().WaitAsync(cancellationToken))
            yield return message;
    }

    private static TimeSpan PositiveFinite(TimeSpan duration) => duration > TimeSpan.Zero && duration != TimeSpan.MaxValue
        ? duration
        : throw new ArgumentException($"The duration must be positive and finite, but is {duration}", nameof(duration));

    /// <summary>What ReceiveWhile makes of a message: a value to return, nothing, or the end.</summary>
    private readonly record struct Kept<T>(bool HasValue, T? Value, bool Ends)
    {
        public static Kept<T> Skip => default;

        public static Kept<T> End => new(false, default, true);

        public static Kept<T> From(T? value) => value is null ? End : new Kept<T>(true, value, false);
    }
}
