namespace Actors.Testing;

// Time: limits that blocks of a test set, and what is left of them.
public abstract partial class TestKitBase
{
    private TimeSpan? _end;
    private bool _lastWasNoMsg;

    /// <summary>What is left of the innermost Within.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public TimeSpan Remaining => _end is { } end
        ? NotNegative(end - Now)
        : throw new InvalidOperationException("Remaining may not be called outside of Within");

    /// <summary>What is left of the innermost Within, or the usual time-out, dilated.</summary>
    public TimeSpan RemainingOrDefault => RemainingOr(Dilated(TestKitSettings.SingleExpectDefault));

    /// <summary>What is left of the innermost Within, or the usual time in which nothing should come, dilated.</summary>
    public TimeSpan NoMessageRemainingOrDefault => RemainingOr(Dilated(TestKitSettings.ExpectNoMessageDefault));

    /// <summary>The time-out given, dilated, or else <see cref="RemainingOrDefault"/>.</summary>
    /// <exception cref="ArgumentException">The time-out is infinite or negative.</exception>
    public TimeSpan RemainingOrDilated(TimeSpan? duration)
    {
        if (duration is not { } given)
            return RemainingOrDefault;
        if (given < TimeSpan.Zero || given == TimeSpan.MaxValue)
            throw new ArgumentException($"The duration must be finite and not negative, but is {given}", nameof(duration));
        return Dilated(given);
    }

    /// <summary>The time-out given, dilated unless it is infinite, or else <see cref="RemainingOrDefault"/>.</summary>
    public TimeSpan GetTimeoutOrDefault(TimeSpan? timeout) =>
        timeout == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : RemainingOrDilated(timeout);

    /// <summary>What is left of the innermost Within, or else <paramref name="duration"/>.</summary>
    protected TimeSpan RemainingOr(TimeSpan duration) => _end is { } end ? NotNegative(end - Now) : duration;

    /// <summary>How long an event filter waits: the leeway, dilated, or what is left of the innermost Within if that is less.</summary>
    internal TimeSpan Leeway(TimeSpan leeway)
    {
        TimeSpan usual = Dilated(leeway);
        TimeSpan left = RemainingOr(TimeSpan.MaxValue);
        return left < usual ? left : usual;
    }

    /// <summary>What was waited for last is that nothing comes, and nothing came.</summary>
    internal void NothingCame() => _lastWasNoMsg = true;

    /// <summary>
    /// Runs a block that may take at most <paramref name="max"/>, dilated. Inside, everything that waits and is not
    /// told how long waits for what is left. Blocks nest; the tighter limit counts.
    /// </summary>
    public void Within(TimeSpan max, Action action, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, action, null, epsilonValue, cancellationToken);

    /// <summary>
    /// Runs a block that must take at least <paramref name="min"/> and at most <paramref name="max"/>, dilated, plus
    /// <paramref name="epsilonValue"/>. If the block ends with waiting for nothing, the upper limit is not checked.
    /// </summary>
    public void Within(TimeSpan min, TimeSpan max, Action action, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(action);
        Within(min, max, () =>
        {
            action();
            return true;
        }, hint, epsilonValue, cancellationToken);
    }

    /// <inheritdoc cref="Within(TimeSpan, Action, TimeSpan?, CancellationToken)"/>
    /// <returns>What the block returned.</returns>
    public T Within<T>(TimeSpan max, Func<T> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        Within(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <inheritdoc cref="Within(TimeSpan, TimeSpan, Action, string, TimeSpan?, CancellationToken)"/>
    /// <returns>What the block returned.</returns>
    public T Within<T>(TimeSpan min, TimeSpan max, Func<T> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        cancellationToken.ThrowIfCancellationRequested();
        Block block = Begin(min, max, hint, epsilonValue);
        try
        {
            T result = function();
            End(block);
            return result;
        }
        finally
        {
            _end = block.OuterEnd;
        }
    }

    /// <inheritdoc cref="Within(TimeSpan, Action, TimeSpan?, CancellationToken)"/>
    public Task WithinAsync(TimeSpan max, Func<Task> actionAsync, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, actionAsync, null, epsilonValue, cancellationToken);

    /// <inheritdoc cref="Within(TimeSpan, TimeSpan, Action, string, TimeSpan?, CancellationToken)"/>
    public Task WithinAsync(TimeSpan min, TimeSpan max, Func<Task> actionAsync, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actionAsync);
        return WithinAsync(min, max, async () =>
        {
            await actionAsync();
            return true;
        }, hint, epsilonValue, cancellationToken);
    }

    /// <inheritdoc cref="Within(TimeSpan, Action, TimeSpan?, CancellationToken)"/>
    /// <returns>What the block returned.</returns>
    public Task<T> WithinAsync<T>(TimeSpan max, Func<Task<T>> function, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default) =>
        WithinAsync(TimeSpan.Zero, max, function, null, epsilonValue, cancellationToken);

    /// <inheritdoc cref="Within(TimeSpan, TimeSpan, Action, string, TimeSpan?, CancellationToken)"/>
    /// <returns>What the block returned.</returns>
    public async Task<T> WithinAsync<T>(TimeSpan min, TimeSpan max, Func<Task<T>> function, string? hint = null, TimeSpan? epsilonValue = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(function);
        cancellationToken.ThrowIfCancellationRequested();
        Block block = Begin(min, max, hint, epsilonValue);
        try
        {
            T result = await function();
            End(block);
            return result;
        }
        finally
        {
            _end = block.OuterEnd;
        }
    }

    private Block Begin(TimeSpan min, TimeSpan max, string? hint, TimeSpan? epsilonValue)
    {
        if (min < TimeSpan.Zero)
            throw new ArgumentException($"The least time must not be negative, but is {min}", nameof(min));
        TimeSpan start = Now;
        TimeSpan limit = Dilated(PositiveFinite(max));
        if (_end is { } outer)
        {
            TimeSpan left = outer - start;
            _assertions.AssertTrue(left >= min, "Required min time {0} not possible, only {1} left. {2}", min, left, hint);
            limit = left < limit ? left : limit;
        }
        var block = new Block(start, min, limit, epsilonValue ?? TimeSpan.Zero, hint, _end);
        _lastWasNoMsg = false;
        _end = start + limit;
        return block;
    }

    private void End(Block block)
    {
        TimeSpan elapsed = Now - block.Start;
        if (elapsed < block.Min)
            _assertions.Fail("Failed: Block took {0}, should have at least been {1}. {2}", elapsed, block.Min, block.Hint);
        // A block that waits for silence to its very end is always a little late.
        if (!_lastWasNoMsg && elapsed > block.Max + block.Epsilon)
            _assertions.Fail("Failed: Block took {0}, exceeding {1}. {2}", elapsed, block.Max, block.Hint);
    }

    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;

    private readonly record struct Block(TimeSpan Start, TimeSpan Min, TimeSpan Max, TimeSpan Epsilon, string? Hint, TimeSpan? OuterEnd);
}
