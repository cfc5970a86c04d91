using Actors.Event;

namespace Actors.Runtime;

/// <summary>The timers of one instance of an actor. Used only while that actor runs.</summary>
internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, Entry> _timers = [];
    private int _generation;

    public IReadOnlyCollection<object> ActiveTimers => _timers.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => Start(key, msg, interval, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) => Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) => Start(key, msg, initialDelay, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, null, ActorRefs.NoSender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) => Start(key, msg, timeout, null, sender);

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out Entry? timer))
            timer.Work.Cancel();
    }

    public void CancelAll()
    {
        foreach (Entry timer in _timers.Values)
            timer.Work.Cancel();
        _timers.Clear();
    }

    /// <summary>The message that a tick stands for, or null if its timer was cancelled or replaced meanwhile.</summary>
    public object? Interpret(Tick tick)
    {
        if (!ReferenceEquals(tick.Owner, this) || !_timers.TryGetValue(tick.Key, out Entry? timer) || timer.Generation != tick.Generation)
            return null;
        if (!timer.IsRepeated)
            _timers.Remove(tick.Key);
        return timer.Message;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan? interval, IActorRef? sender)
    {
        Cancel(key);
        if (delay < TimeSpan.Zero || interval <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(interval), "The delay of a timer must not be negative, its interval must be positive");
        int generation = ++_generation;
        var tick = new Tick(this, key, generation);
        IScheduledWork work = cell.System.SchedulerImpl.Schedule(delay, interval, () => cell.SendMessage(tick, sender));
        _timers.Add(key, new Entry(message, generation, interval is not null, work));
    }

    private sealed record Entry(object Message, int Generation, bool IsRepeated, IScheduledWork Work);

    /// <summary>What a timer really sends. Its time counts as a message of the actor when it turns out not to be stale.</summary>
    internal sealed class Tick(TimerScheduler owner, object key, int generation)
        : IAutoReceivedMessage, IUnboundedMessage, INotInfluenceReceiveTimeout, IDeadLetterSuppression
    {
        public TimerScheduler Owner => owner;

        public object Key => key;

        public int Generation => generation;
    }
}
