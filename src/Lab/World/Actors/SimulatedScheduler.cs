using Akka.Dispatch;

namespace Actors.Lab.World;

/// <summary>The clock and the timers of an actor system in a simulated process.</summary>
internal sealed class SimulatedScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log), IDisposable
{
    private readonly ProcessEnvironment _environment = ProcessEnvironment.Required;
    private bool _isDisposed;

    public override TimeSpan MonotonicClock => _environment.Monotonic;

    public override TimeSpan HighResMonotonicClock => _environment.Monotonic;

    protected override DateTimeOffset TimeNow => _environment.UtcNow;

    /// <summary>Ends all timers of the system.</summary>
    public void Dispose() => _isDisposed = true;

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Set(delay, null, cancelable, () => receiver.Tell(message, sender));

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Set(initialDelay, interval, cancelable, () => receiver.Tell(message, sender));

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Set(delay, null, cancelable, action);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Set(delay, null, cancelable, action.Run);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Set(initialDelay, interval, cancelable, action);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Set(initialDelay, interval, cancelable, action.Run);

    private void Set(TimeSpan delay, TimeSpan? interval, ICancelable? cancelable, Action action)
    {
        if (_isDisposed)
            throw new SchedulerException("the system has ended");
        // Checked again: in a suspended process the timer may have been cancelled after it was due.
        _environment.Schedule(delay, interval, cancelable, () =>
        {
            if (!_isDisposed && cancelable is not { IsCancellationRequested: true })
                Run(action);
        });
    }

    private void Run(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            Log.Error(e, "a timer's action failed");
        }
    }
}
