using System.Collections.Concurrent;
using Actors.Runtime;

namespace Actors.Event;

/// <summary>Delivers events to the actors that subscribed to their type, a base type or an interface of it.</summary>
public class LoggingBus
{
    private readonly Lock _lock = new();
    private readonly List<Subscription> _subscriptions = [];
    private readonly List<IActorRef> _loggers = [];

    /// <summary>Who gets events of a type; dropped whenever the subscriptions change.</summary>
    private ConcurrentDictionary<Type, IActorRef[]> _receivers = new();

    /// <summary>The least level that is logged.</summary>
    public LogLevel LogLevel { get; private set; }

    /// <summary>The time that log events get; set by the actor system.</summary>
    internal ITimeProvider? Clock { get; set; }

    /// <summary>Sets the least level that is logged; the loggers get the events of that level and above from now on.</summary>
    public void SetLogLevel(LogLevel logLevel)
    {
        lock (_loggers)
        {
            LogLevel = logLevel;
            foreach (IActorRef logger in _loggers)
                SubscribeToLevels(logger);
        }
    }

    /// <summary>Has an actor get the log events of the level in force, whatever it is.</summary>
    internal void AddLogger(IActorRef logger)
    {
        lock (_loggers)
        {
            _loggers.Add(logger);
            SubscribeToLevels(logger);
        }
    }

    /// <summary>An actor is a logger no longer.</summary>
    internal void RemoveLogger(IActorRef logger)
    {
        lock (_loggers)
            _loggers.Remove(logger);
        Unsubscribe(logger);
    }

    /// <summary>Subscribes an actor to events of a type; false if it already is.</summary>
    public virtual bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        lock (_lock)
        {
            if (_subscriptions.Exists(subscription => subscription.Channel == channel && subscription.Subscriber.Equals(subscriber)))
                return false;
            _subscriptions.Add(new Subscription(subscriber, channel));
            _receivers = new ConcurrentDictionary<Type, IActorRef[]>();
            return true;
        }
    }

    /// <summary>
    /// Ends a subscription, or that part of a subscription to a type above which is of this type; false if there is none.
    /// </summary>
    public virtual bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return RemoveWhere(subscription => subscription.Channel == channel && subscription.Subscriber.Equals(subscriber))
            || Exclude(subscriber, channel);
    }

    /// <summary>Ends all subscriptions of an actor; false if there is none.</summary>
    public virtual bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        return RemoveWhere(subscription => subscription.Subscriber.Equals(subscriber));
    }

    /// <summary>Sends an event to all actors that subscribed to it.</summary>
    public virtual void Publish(object @event)
    {
        if (@event is LogEvent { Timestamp.Ticks: 0 } entry && Clock is { } clock)
            entry.Timestamp = clock.Now.UtcDateTime;
        foreach (IActorRef subscriber in ReceiversOf(@event.GetType()))
        {
            // A dead subscriber must not be told: its dead letter would be an event again.
            if (subscriber is IInternalActorRef { IsTerminated: true })
                Unsubscribe(subscriber);
            else
                subscriber.Tell(@event, ActorRefs.NoSender);
        }
    }

    private void SubscribeToLevels(IActorRef logger)
    {
        for (LogLevel level = LogLevel.DebugLevel; level <= LogLevel.ErrorLevel; level++)
        {
            if (level >= LogLevel)
                Subscribe(logger, level.ClassFor());
            else
                Unsubscribe(logger, level.ClassFor());
        }
    }

    private IActorRef[] ReceiversOf(Type type)
    {
        ConcurrentDictionary<Type, IActorRef[]> receivers = _receivers;
        if (receivers.TryGetValue(type, out IActorRef[]? found))
            return found;
        lock (_lock)
            found = _subscriptions.Where(s => s.Covers(type)).Select(s => s.Subscriber).Distinct().ToArray();
        // If the subscriptions changed meanwhile, this goes into a dictionary that nobody reads any more.
        receivers.TryAdd(type, found);
        return found;
    }

    private bool Exclude(IActorRef subscriber, Type channel)
    {
        lock (_lock)
        {
            List<Subscription> above = _subscriptions.FindAll(subscription => subscription.Subscriber.Equals(subscriber) && subscription.Covers(channel));
            above.ForEach(subscription => subscription.Excluded.Add(channel));
            _receivers = new ConcurrentDictionary<Type, IActorRef[]>();
            return above.Count > 0;
        }
    }

    private bool RemoveWhere(Predicate<Subscription> match)
    {
        lock (_lock)
        {
            if (_subscriptions.RemoveAll(match) == 0)
                return false;
            _receivers = new ConcurrentDictionary<Type, IActorRef[]>();
            return true;
        }
    }

    /// <summary>What an actor wants to hear of. Used within the lock only.</summary>
    private sealed record Subscription(IActorRef Subscriber, Type Channel)
    {
        /// <summary>Types below the channel that were unsubscribed.</summary>
        public List<Type> Excluded { get; } = [];

        public bool Covers(Type type) => Channel.IsAssignableFrom(type) && !Excluded.Exists(excluded => excluded.IsAssignableFrom(type));
    }
}
