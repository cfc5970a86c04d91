using System.Collections;

namespace Actors.Testing;

// Several messages are expected, or one of several, or one among others.
public abstract partial class TestKitBase
{
    /// <summary>Takes the next message; fails unless it comes in time and equals one of these.</summary>
    public T ExpectMsgAnyOf<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgAnyOfAsync(messages, cancellationToken));

    /// <inheritdoc cref="ExpectMsgAnyOf"/>
    public ValueTask<T> ExpectMsgAnyOfAsync<T>(IEnumerable<T> messages, CancellationToken cancellationToken = default)
    {
        T[] wanted = [.. messages];
        return Expect<T>(
            RemainingOrDefault,
            (received, _) => _assertions.AssertTrue(wanted.Contains(received), "Expected any of [{0}], but found {1}", string.Join(", ", wanted), received),
            null,
            cancellationToken);
    }

    /// <summary>Takes as many messages as these; fails unless they come in time and are these, in any order.</summary>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(params T[] messages) =>
        BlockingPump.Run(() => AllOf(RemainingOrDefault, messages, default));

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => AllOf(RemainingOrDefault, messages, cancellationToken));

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, params T[] messages) =>
        BlockingPump.Run(() => AllOf(Dilated(PositiveFinite(max)), messages, default));

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IReadOnlyCollection<T> ExpectMsgAllOf<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => AllOf(Dilated(PositiveFinite(max)), messages, cancellationToken));

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Later(() => AllOf(RemainingOrDefault, messages, cancellationToken), cancellationToken);

    /// <inheritdoc cref="ExpectMsgAllOf{T}(T[])"/>
    public IAsyncEnumerable<T> ExpectMsgAllOfAsync<T>(TimeSpan max, IReadOnlyCollection<T> messages, CancellationToken cancellationToken = default) =>
        Later(() => AllOf(Dilated(PositiveFinite(max)), messages, cancellationToken), cancellationToken);

    /// <summary>Takes as many messages as predicates; fails unless each predicate fits one, in any order.</summary>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(params PredicateInfo[] predicates) =>
        BlockingPump.Run(() => AllFitting(RemainingOrDefault, predicates, default));

    /// <inheritdoc cref="ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken) =>
        BlockingPump.Run(() => AllFitting(RemainingOrDefault, predicates, cancellationToken));

    /// <inheritdoc cref="ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(TimeSpan max, params PredicateInfo[] predicates) =>
        BlockingPump.Run(() => AllFitting(Dilated(PositiveFinite(max)), predicates, default));

    /// <inheritdoc cref="ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>
    public IReadOnlyCollection<object> ExpectMsgAllOfMatchingPredicates(TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken) =>
        BlockingPump.Run(() => AllFitting(Dilated(PositiveFinite(max)), predicates, cancellationToken));

    /// <inheritdoc cref="ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>
    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken = default) =>
        Later(() => AllFitting(RemainingOrDefault, predicates, cancellationToken), cancellationToken);

    /// <inheritdoc cref="ExpectMsgAllOfMatchingPredicates(PredicateInfo[])"/>
    public IAsyncEnumerable<object> ExpectMsgAllOfMatchingPredicatesAsync(TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken = default) =>
        Later(() => AllFitting(Dilated(PositiveFinite(max)), predicates, cancellationToken), cancellationToken);

    /// <summary>Takes messages until one fits; fails if none does in time. The others are gone.</summary>
    public object FishForMessage(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => Fish(isMessage, null, max, hint, cancellationToken));

    /// <summary>Takes messages until one is of the type and fits; fails if none does in time. The others are gone.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => Fish(isMessage, null, max, hint, cancellationToken));

    /// <summary>Takes messages until one is of the type and fits; fails if none does in time. The others go into the list.</summary>
    public T FishForMessage<T>(Predicate<T> isMessage, ArrayList? allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => Fish(isMessage, allMessages, max, hint, cancellationToken));

    /// <inheritdoc cref="FishForMessage(Predicate{object}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<object> FishForMessageAsync(Predicate<object> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Fish(isMessage, null, max, hint, cancellationToken);

    /// <inheritdoc cref="FishForMessage{T}(Predicate{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Fish(isMessage, null, max, hint, cancellationToken);

    /// <inheritdoc cref="FishForMessage{T}(Predicate{T}, ArrayList, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> FishForMessageAsync<T>(Predicate<T> isMessage, ArrayList? allMessages, TimeSpan? max = null, string hint = "", CancellationToken cancellationToken = default) =>
        Fish(isMessage, allMessages, max, hint, cancellationToken);

    /// <summary>Takes whatever comes until time is up; fails if something of the type comes.</summary>
    public async Task FishUntilMessageAsync<T>(TimeSpan? max = null, CancellationToken cancellationToken = default) =>
        await TakeWhileAsync<object>(message =>
        {
            _assertions.AssertFalse(message is T, "Did not expect a message of type {0}, but received {1}", typeof(T), message);
            return Kept<object>.Skip;
        }, max, null, int.MaxValue, cancellationToken);

    private async Task<IReadOnlyCollection<T>> AllOf<T>(TimeSpan max, IReadOnlyCollection<T> expected, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<object> received = await TakeNAsync(expected.Count, max, cancellationToken);
        var unexpected = received.ToList();
        T[] missing = [.. expected.Where(message => !unexpected.Remove(message!))];
        _assertions.AssertTrue(missing.Length == 0 && unexpected.Count == 0, "not found [{0}], found unexpected [{1}]", string.Join(", ", missing), string.Join(", ", unexpected));
        return [.. received.Cast<T>()];
    }

    private async Task<IReadOnlyCollection<object>> AllFitting(TimeSpan max, IReadOnlyCollection<PredicateInfo> predicates, CancellationToken cancellationToken)
    {
        IReadOnlyCollection<object> received = await TakeNAsync(predicates.Count, max, cancellationToken);
        var open = predicates.ToList();
        var unexpected = new List<object>();
        foreach (object message in received)
        {
            int fitting = open.FindIndex(predicate => predicate.Fits(message));
            if (fitting < 0)
                unexpected.Add(message);
            else
                open.RemoveAt(fitting);
        }
        _assertions.AssertTrue(open.Count == 0, "no message for [{0}], found unexpected [{1}]", string.Join(", ", open), string.Join(", ", unexpected));
        return received;
    }

    private async ValueTask<T> Fish<T>(Predicate<T> isMessage, ArrayList? allMessages, TimeSpan? max, string hint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isMessage);
        TimeSpan timeout = RemainingOrDilated(max);
        TimeSpan end = Now + timeout;
        while (await TakeAsync(end - Now, cancellationToken) is RealMessageEnvelope envelope)
        {
            if (envelope.Message is T message && isMessage(message))
                return message;
            allMessages?.Add(envelope.Message);
        }
        _assertions.Fail("Timeout ({0}) during fishForMessage{1}", timeout, string.IsNullOrEmpty(hint) ? "" : ", hint: " + hint);
        return default!;
    }
}
