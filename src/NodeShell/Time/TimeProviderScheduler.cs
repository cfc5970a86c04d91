using System.Collections.Concurrent;
using Akka.Dispatch;

namespace Actors.NodeShell;

/// <summary>
/// Akka.NET's scheduler on a <see cref="TimeProvider"/>: a timer for each entry, so that a node with nothing to do sleeps.
/// Akka.NET's own turns a wheel every 10 ms, which costs an idle node a few percent of a processor and an edit up to 10 ms.
/// </summary>
/// <remarks>An entry is never early by the provider's time stamps. A repetition counts from the turn before it: after a pause it comes once.</remarks>
public sealed class TimeProviderScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<ScheduledWork, byte> _entries = new();
    private volatile bool _isDisposed;

    /// <summary>Called by Akka.NET, with the whole configuration of the actor system.</summary>
    public TimeProviderScheduler(Config config, ILoggingAdapter log)
        : base(config, log) => _time = SchedulerTime.Of(config);

    public override TimeSpan MonotonicClock => TimeSpan.FromTicks(_time.MonotonicNanoseconds() / TimeSpan.NanosecondsPerTick);

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => _time.GetUtcNow();

    /// <summary>What has not run yet never will: the actor system has ended.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (var entry in _entries.Keys)
            entry.End();
    }

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(delay, null, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable? cancelable) =>
        Add(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => Add(delay, null, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => Add(delay, null, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        Add(initialDelay, interval, action.Run, cancelable);

    private void Add(TimeSpan delay, TimeSpan? interval, Action work, ICancelable? cancelable)
    {
        if (_isDisposed)
            return;
        var entry = new ScheduledWork(this, interval, work);
        _entries.TryAdd(entry, 0);
        entry.Start(delay, cancelable);
        if (_isDisposed)
            entry.End();
    }

    private sealed class ScheduledWork
    {
        // A timer of .NET takes at most 49 days.
        private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

        private readonly TimeProviderScheduler _scheduler;
        private readonly TimeSpan? _interval;
        private readonly Action _work;
        private readonly ITimer _timer;
        private CancellationTokenRegistration _cancellation;
        private TimeSpan _due;
        private volatile bool _isEnded;

        public ScheduledWork(TimeProviderScheduler scheduler, TimeSpan? interval, Action work)
        {
            _scheduler = scheduler;
            _interval = interval;
            _work = work;
            _timer = scheduler._time.CreateTimer(static entry => ((ScheduledWork)entry!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public void Start(TimeSpan delay, ICancelable? cancelable)
        {
            _due = _scheduler.MonotonicClock + delay;
            if (cancelable is not null)
                _cancellation = cancelable.Token.UnsafeRegister(static entry => ((ScheduledWork)entry!).End(), this);
            Wait(delay);
        }

        public void End()
        {
            _isEnded = true;
            _timer.Dispose();
            _cancellation.Unregister();
            _scheduler._entries.TryRemove(this, out _);
        }

        private void Fire()
        {
            var early = _due - _scheduler.MonotonicClock;
            if (early > TimeSpan.Zero)
            {
                Wait(early);
                return;
            }
            if (_isEnded)
                return;
            if (_interval is null)
                End();
            try
            {
                _work();
            }
            catch (Exception e)
            {
                _scheduler.Log.Error(e, "A scheduled action failed");
            }
            if (_interval is { } interval && !_isEnded)
            {
                _due = _scheduler.MonotonicClock + interval;
                Wait(interval);
            }
        }

        // Timers of .NET count whole milliseconds, and take away what is more.
        private void Wait(TimeSpan time) =>
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(Math.Min(time.TotalMilliseconds, LongestWait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}

/// <summary>
/// The time that an actor system's scheduler counts by. Akka.NET makes schedulers with a configuration and a log only, so a
/// time other than the machine's is registered here under an id, and the id stands in that system's configuration.
/// </summary>
public static class SchedulerTime
{
    private const string Key = "actors.scheduler-time";
    private static readonly ConcurrentDictionary<string, TimeProvider> Registered = new(StringComparer.Ordinal);

    /// <summary>The configuration of systems that count by this time until the registration is disposed.</summary>
    public static IDisposable Register(string id, TimeProvider time, out Config config)
    {
        if (!Registered.TryAdd(id, time))
            throw new ArgumentException($"'{id}' is registered already", nameof(id));
        config = ConfigurationFactory.ParseString($"{Key} = \"{id}\"");
        return new Registration(id);
    }

    /// <exception cref="ConfigurationException">The configuration names a time that is not registered.</exception>
    internal static TimeProvider Of(Config config)
    {
        var id = config.GetString(Key, "");
        if (id.Length == 0)
            return BootTimeProvider.Instance;
        return Registered.TryGetValue(id, out var time) ? time : throw new ConfigurationException($"{Key}: '{id}' is not registered");
    }

    private sealed class Registration(string id) : IDisposable
    {
        public void Dispose() => Registered.TryRemove(id, out _);
    }
}
