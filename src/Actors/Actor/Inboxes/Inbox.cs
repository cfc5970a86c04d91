using Actors.Configuration;

namespace Actors.Runtime;

/// <summary>
/// An actor's mailbox for code that is no actor: it can be sent to, it can send and watch, and waits for what comes. Its
/// blocking methods are not meant to be called by actors.
/// </summary>
public class Inbox : IInboxable, IDisposable
{
    private static int _lastNumber;

    private readonly ActorSystemImpl _system;
    private readonly TimeSpan _defaultTimeout;

    private Inbox(ActorSystemImpl system, IActorRef receiver, TimeSpan defaultTimeout)
    {
        _system = system;
        Receiver = receiver;
        _defaultTimeout = defaultTimeout;
    }

    /// <inheritdoc/>
    public IActorRef Receiver { get; }

    /// <summary>Opens an inbox in a system. It keeps at most <c>akka.actor.inbox.inbox-size</c> messages and drops further ones.</summary>
    public static Inbox Create(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        var owner = (ActorSystemImpl)system;
        Config config = owner.Settings.Config.GetConfig("akka.actor.inbox");
        int size = config.GetInt("inbox-size");
        if (size < 1)
            throw new ConfigurationException($"akka.actor.inbox.inbox-size is {size}; it has to be positive.");
        IActorRef receiver = owner.SystemActorOf(Props.Create(() => new InboxActor(size)), $"inbox-{Interlocked.Increment(ref _lastNumber)}");
        return new Inbox(owner, receiver, config.GetTimeSpan("default-timeout", null, allowInfinite: false));
    }

    /// <inheritdoc/>
    public IActorRef Watch(IActorRef subject)
    {
        Receiver.Tell(new InboxWatch(subject, null), ActorRefs.NoSender);
        return subject;
    }

    /// <inheritdoc/>
    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        Receiver.Tell(new InboxWatch(subject, message), ActorRefs.NoSender);
        return subject;
    }

    /// <inheritdoc/>
    public IActorRef Unwatch(IActorRef subject)
    {
        Receiver.Tell(new InboxUnwatch(subject), ActorRefs.NoSender);
        return subject;
    }

    /// <inheritdoc/>
#pragma warning disable CA1725 // Akka.NET names the parameter differently in the interface.
    public void Send(IActorRef actorRef, object message)
    {
        ArgumentNullException.ThrowIfNull(actorRef);
        actorRef.Tell(message, Receiver);
    }
#pragma warning restore CA1725

    /// <inheritdoc/>
    public object Receive() => Receive(_defaultTimeout);

    /// <inheritdoc/>
    public object Receive(TimeSpan timeout) => Wait(Start(null, timeout), timeout);

    /// <inheritdoc/>
    public object ReceiveWhere(Predicate<object> predicate) => ReceiveWhere(predicate, _defaultTimeout);

    /// <inheritdoc/>
    public object ReceiveWhere(Predicate<object> predicate, TimeSpan timeout)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Wait(Start(predicate, timeout), timeout);
    }

    /// <inheritdoc/>
    public Task<object> ReceiveAsync() => ReceiveAsync(_defaultTimeout);

    /// <inheritdoc/>
    public Task<object> ReceiveAsync(TimeSpan timeout) => Start(null, timeout).Answer;

    /// <summary>Stops the actor that receives. Who still waits is told that nothing came.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the actor that receives.</summary>
    protected virtual void Dispose(bool disposing)
    {
        // By a message: who began to wait before is answered before.
        if (disposing)
            Receiver.Tell(PoisonPill.Instance, ActorRefs.NoSender);
    }

    private InboxQuery Start(Predicate<object>? predicate, TimeSpan timeout)
    {
        var query = new InboxQuery(predicate, _system.Environment.CompletionOptions);
        Receiver.Tell(query, ActorRefs.NoSender);
        // What is there already is taken even with no time left: the expiry comes after the query.
        if (timeout <= TimeSpan.Zero && timeout != Timeout.InfiniteTimeSpan)
            Expire(query);
        else if (timeout != Timeout.InfiniteTimeSpan)
            query.Timer = _system.SchedulerImpl.Schedule(timeout, null, () => Expire(query));
        // An actor that has ended answers nobody, and the timers of a system that has ended do not run.
        if (((IInternalActorRef)Receiver).IsTerminated)
            query.TryTimeOut();
        return query;
    }

    private void Expire(InboxQuery query)
    {
        Receiver.Tell(new InboxExpiry(query), ActorRefs.NoSender);
        if (((IInternalActorRef)Receiver).IsTerminated)
            query.TryTimeOut();
    }

    private object Wait(InboxQuery query, TimeSpan timeout)
    {
        object answer = query.Answer.GetAwaiter().GetResult();
        return query.HasTimedOut ? throw new TimeoutException($"Inbox {Receiver.Path} received no message within {timeout}") : answer;
    }
}
