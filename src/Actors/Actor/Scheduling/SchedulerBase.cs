namespace Actors.Runtime;

/// <summary>Base of schedulers: a clock, and one way to run an action later.</summary>
public abstract class SchedulerBase : IScheduler, IAdvancedScheduler
{
    internal SchedulerBase() { }

    /// <inheritdoc/>
    public IAdvancedScheduler Advanced => this;

    /// <inheritdoc/>
    public DateTimeOffset Now => TimeNow;

    /// <inheritdoc/>
    public abstract TimeSpan MonotonicClock { get; }

    /// <inheritdoc/>
    public virtual TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <summary>The time of day.</summary>
    protected abstract DateTimeOffset TimeNow { get; }

    /// <summary>Hears of actions that throw; set by the actor system.</summary>
    internal Action<Exception>? Failed { get; set; }

    /// <summary>Runs an action after a delay, and then at intervals if one is given.</summary>
    internal abstract IScheduledWork Schedule(TimeSpan delay, TimeSpan? interval, Action action);

    /// <inheritdoc/>
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellOnce(delay, receiver, message, sender, null);

    /// <inheritdoc/>
    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable)
    {
        ValidateDelay(delay, nameof(delay));
        ScheduleUnlessCancelled(delay, null, () => receiver.Tell(message, sender), cancelable);
    }

    /// <inheritdoc/>
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, null);

    /// <inheritdoc/>
    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable)
    {
        ValidateDelay(initialDelay, nameof(initialDelay));
        ValidateInterval(interval, nameof(interval));
        ScheduleUnlessCancelled(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);
    }

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, Action action) => ScheduleOnce(delay, action, null);

    /// <inheritdoc/>
    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable)
    {
        ValidateDelay(delay, nameof(delay));
        ScheduleUnlessCancelled(delay, null, action, cancelable);
    }

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => ScheduleRepeatedly(initialDelay, interval, action, null);

    /// <inheritdoc/>
    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        ValidateDelay(initialDelay, nameof(initialDelay));
        ValidateInterval(interval, nameof(interval));
        ScheduleUnlessCancelled(initialDelay, interval, action, cancelable);
    }

    /// <summary>Refuses an interval that is not positive.</summary>
    protected static void ValidateInterval(TimeSpan interval, string parameterName)
    {
        if (interval <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(parameterName, $"{parameterName} must be positive; it was {interval}");
    }

    /// <summary>Refuses a negative delay.</summary>
    protected static void ValidateDelay(TimeSpan delay, string parameterName)
    {
        if (delay < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(parameterName, $"{parameterName} must be >= 0; it was {delay}");
    }

    /// <summary>
    /// Runs an action of a user: its exception must not end the process, nor the timers after it. One that throws is not run
    /// again; what it was to do next time would be guesswork.
    /// </summary>
    internal void RunGuarded(Action action, IScheduledWork work)
    {
        try
        {
            action();
        }
        catch (Exception cause)
        {
            work.Cancel();
            Failed?.Invoke(cause);
        }
    }

    private void ScheduleUnlessCancelled(TimeSpan delay, TimeSpan? interval, Action action, ICancelable? cancelable)
    {
        if (cancelable is null)
        {
            Schedule(delay, interval, action);
            return;
        }
        if (cancelable.IsCancellationRequested)
            return;
        IScheduledWork work = Schedule(delay, interval, () =>
        {
            if (!cancelable.IsCancellationRequested)
                action();
        });
        // Frees the timer at once: what is cancelled early must not wait for its time.
        cancelable.Token.UnsafeRegister(static state => ((IScheduledWork)state!).Cancel(), work);
    }
}
