using Actors.Runtime;

namespace Actors.Testing;

// The next message is expected to be just so.
public abstract partial class TestKitBase
{
    /// <summary>Takes the next message; fails unless it comes in time and is of the type.</summary>
    public T ExpectMsg<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgAsync<T>(duration, hint, cancellationToken));

    /// <summary>Takes the next message; fails unless it comes in time and equals this one.</summary>
    public T ExpectMsg<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgAsync(message, timeout, hint, cancellationToken));

    /// <summary>Takes the next message; fails unless it comes in time, is of the type and fits.</summary>
    public T ExpectMsg<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgAsync(isMessage, timeout, hint, cancellationToken));

    /// <summary>Takes the next message; fails unless it comes in time, is of the type and passes the assertion.</summary>
    public T ExpectMsg<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgAsync(assert, timeout, hint, cancellationToken));

    /// <summary>Takes the next message; fails unless it comes in time, is of the type and fits together with its sender.</summary>
    public T ExpectMsg<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgAsync(isMessageAndSender, timeout, hint, cancellationToken));

    /// <summary>Takes the next message; fails unless it comes in time, is of the type and passes the assertion with its sender.</summary>
    public T ExpectMsg<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgAsync(assertMessageAndSender, timeout, hint, cancellationToken));

    /// <summary>Takes the next message; fails unless it comes in time and the comparer calls it equal.</summary>
    public T ExpectMsg<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectMsgAsync(expected, comparer, timeout, hint, cancellationToken));

    /// <inheritdoc cref="ExpectMsg{T}(TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(TimeSpan? duration = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(RemainingOrDilated(duration), (_, _) => { }, hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(T, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(T message, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(RemainingOrDilated(timeout), (received, _) => _assertions.AssertEqual(message, received, "{0}", hint), hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(Predicate{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(Predicate<T> isMessage, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isMessage);
        return Expect<T>(RemainingOrDilated(timeout), (received, _) => Fits(isMessage(received), received, hint), hint, cancellationToken);
    }

    /// <inheritdoc cref="ExpectMsg{T}(Action{T}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(Action<T> assert, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(assert);
        return Expect<T>(RemainingOrDilated(timeout), (received, _) => assert(received), hint, cancellationToken);
    }

    /// <inheritdoc cref="ExpectMsg{T}(Func{T, IActorRef, bool}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(Func<T, IActorRef, bool> isMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(isMessageAndSender);
        return Expect<T>(RemainingOrDilated(timeout), (received, sender) => Fits(isMessageAndSender(received, sender), received, hint), hint, cancellationToken);
    }

    /// <inheritdoc cref="ExpectMsg{T}(Action{T, IActorRef}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(Action<T, IActorRef> assertMessageAndSender, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect(RemainingOrDilated(timeout), assertMessageAndSender, hint, cancellationToken);

    /// <inheritdoc cref="ExpectMsg{T}(T, Func{T, T, bool}, TimeSpan?, string, CancellationToken)"/>
    public ValueTask<T> ExpectMsgAsync<T>(T expected, Func<T, T, bool> comparer, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        Expect<T>(RemainingOrDilated(timeout), (received, _) => _assertions.AssertEqual(expected, received, comparer, "{0}", hint), hint, cancellationToken);

    /// <summary>Takes the next message; fails unless it tells of the end of the actor.</summary>
    public Terminated ExpectTerminated(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default) =>
        BlockingPump.Run(() => ExpectTerminatedAsync(target, timeout, hint, cancellationToken));

    /// <inheritdoc cref="ExpectTerminated"/>
    public ValueTask<Terminated> ExpectTerminatedAsync(IActorRef target, TimeSpan? timeout = null, string? hint = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Expect<Terminated>(
            RemainingOrDilated(timeout),
            (terminated, _) => _assertions.AssertTrue(target.Equals(terminated.ActorRef), "Expected the end of {0}, but {1} terminated. {2}", target, terminated.ActorRef, hint),
            hint,
            cancellationToken);
    }

    /// <summary>Fails if a message comes in what is left of Within, or the usual time.</summary>
    public void ExpectNoMsg(CancellationToken cancellationToken = default) => BlockingPump.Run(() => Silence(NoMessageRemainingOrDefault, cancellationToken));

    /// <summary>Fails if a message comes within the time, dilated.</summary>
    public void ExpectNoMsg(TimeSpan duration, CancellationToken cancellationToken = default) => BlockingPump.Run(() => Silence(Dilated(duration), cancellationToken));

    /// <summary>Fails if a message comes within the time, dilated.</summary>
    public void ExpectNoMsg(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsg(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    /// <inheritdoc cref="ExpectNoMsg(CancellationToken)"/>
    public ValueTask ExpectNoMsgAsync(CancellationToken cancellationToken = default) => new(Silence(NoMessageRemainingOrDefault, cancellationToken));

    /// <inheritdoc cref="ExpectNoMsg(TimeSpan, CancellationToken)"/>
    public ValueTask ExpectNoMsgAsync(TimeSpan duration, CancellationToken cancellationToken = default) => new(Silence(Dilated(duration), cancellationToken));

    /// <inheritdoc cref="ExpectNoMsg(int, CancellationToken)"/>
    public ValueTask ExpectNoMsgAsync(int milliseconds, CancellationToken cancellationToken = default) => ExpectNoMsgAsync(TimeSpan.FromMilliseconds(milliseconds), cancellationToken);

    private async ValueTask<T> Expect<T>(TimeSpan timeout, Action<T, IActorRef> assert, string? hint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(assert);
        if (await TakeAsync(timeout, cancellationToken) is not RealMessageEnvelope envelope)
        {
            _assertions.Fail("Failed: Timeout {0} while waiting for a message of type {1} {2}", timeout, typeof(T), hint);
            return default!;
        }
        if (envelope.Message is not T message)
        {
            _assertions.Fail(
                "Failed: Expected a message of type {0}, but received {{{1}}} (type {2}) instead {3} from {4}",
                typeof(T), envelope.Message, envelope.Message.GetType(), hint, envelope.Sender);
            return default!;
        }
        assert(message, envelope.Sender);
        return message;
    }

    private async Task Silence(TimeSpan duration, CancellationToken cancellationToken)
    {
        TimeSpan start = Now;
        if (await TakeAsync(duration, cancellationToken) is RealMessageEnvelope envelope)
            _assertions.Fail("Failed: Expected no messages during {0}, instead we received {1} after {2}", duration, envelope, Now - start);
        NothingCame();
    }

    private void Fits<T>(bool fits, T message, string? hint) =>
        _assertions.AssertTrue(fits, "Got a message of the expected type <{0}>. Also expected the predicate to return true, but the message {{{1}}} failed it. {2}", typeof(T), message, hint);
}
