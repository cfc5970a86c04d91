using Actors.Runtime;

namespace Actors.Testing;

// The next message is expected to be just so and to come from a certain sender.
public abstract partial class TestKitBase
{
    /// <summary>Takes the next message; fails unless it comes in time, is of the type and from the sender.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgFromAsync<T>(sender, duration, hint, cancellationToken));

    /// <summary>Takes the next message; fails unless it comes in time, equals this one and is from the sender.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgFromAsync(sender, message, timeout, hint, cancellationToken));

    /// <summary>Takes the next message; fails unless it comes in time, fits and is from the sender.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgFromAsync(sender, isMessage, timeout, hint, cancellationToken));

    /// <summary>Takes the next message; fails unless it comes in time and both it and its sender fit.</summary>
    public T ExpectMsgFrom<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgFromAsync(isSender, isMessage, timeout, hint, cancellationToken));

    /// <summary>Takes the next message; fails unless it comes in time, passes the assertion and is from the sender.</summary>
    public T ExpectMsgFrom<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgFromAsync(sender, assertMessage, timeout, hint, cancellationToken));

    /// <summary>Takes the next message; fails unless it comes in time and both it and its sender pass the assertions.</summary>
    public T ExpectMsgFrom<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgFromAsync(assertSender, assertMessage, timeout, hint, cancellationToken));

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(RemainingOrDilated(duration), (_, from) => IsFrom(sender, from, hint), hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, T, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsgFromAsync<T>(sender, received => _assertions.AssertEqual(message, received, "{0}", hint), timeout, hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, Predicate{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isMessage);
        return ExpectMsgFromAsync<T>(sender, received => Fits(isMessage(received), received, hint), timeout, hint, cancellationToken);
    }

    /// <inheritdoc cref="ExpectMsgFrom{T}(Predicate{IActorRef}, Predicate{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(Predicate<IActorRef> isSender, Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isSender);
        ArgumentNullException.ThrowIfNull(isMessage);
        return ExpectMsgFromAsync<T>(
            from => _assertions.AssertTrue(isSender(from), "The sender {0} does not match. {1}", from, hint),
            received => Fits(isMessage(received), received, hint),
            timeout,
            hint,
            cancellationToken);
    }

    /// <inheritdoc cref="ExpectMsgFrom{T}(IActorRef, Action{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(IActorRef sender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        ExpectMsgFromAsync(from => IsFrom(sender, from, hint), assertMessage, timeout, hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsgFrom{T}(Action{IActorRef}, Action{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgFromAsync<T>(Action<IActorRef> assertSender, Action<T> assertMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assertSender);
        ArgumentNullException.ThrowIfNull(assertMessage);
        return Expect<T>(RemainingOrDilated(timeout), (received, from) =>
        {
            assertSender(from);
            assertMessage(received);
        }, hint, cancellationToken);
    }

    private void IsFrom(IActorRef expected, IActorRef actual, string? hint) =>
        _assertions.AssertTrue(Equals(expected, actual), "Sender does not match. Expected {0}, but it is {1}. {2}", expected, actual, hint);
}
