using Actors.Runtime;

namespace Actors.Testing;

/// <summary>
/// The ref of an actor that runs on the threads of its senders, and whose instance the test may look at. When Tell
/// returns, the message has been handled.
/// </summary>
public abstract class TestActorRefBase<TActor> : IInternalActorRef
    where TActor : ActorBase
{
    private readonly LocalActorRef _ref;

    /// <summary>Creates the actor, below <c>/user</c> or another actor.</summary>
    protected TestActorRefBase(ActorSystem system, Props actorProps, IActorRef? supervisor = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(actorProps);
        TestKitSettings settings = TestKitExtension.For(system);
        IActorRef parent = (supervisor as TestProbe)?.Ref ?? supervisor ?? ((ExtendedActorSystem)system).Guardian;
        ActorCell cell = ((LocalActorRef)parent).Cell;
        // Who wants another dispatcher has said so.
        Props props = actorProps.Dispatcher.Length > 0 ? actorProps : actorProps.WithDispatcher(CallingThreadDispatcher.Id);
        _ref = (LocalActorRef)(name is null ? cell.Attach(props, settings.NextRefName()) : cell.ActorOf(props, name));
    }

    /// <summary>The path of the actor.</summary>
    public ActorPath Path => _ref.Path;

    /// <summary>The actor's ref proper.</summary>
    public IActorRef Ref => _ref;

    /// <summary>The instance of the moment; another one after a restart.</summary>
    /// <exception cref="IllegalActorStateException">The actor has stopped, or its constructor has failed.</exception>
    public TActor UnderlyingActor => _ref.Cell.Actor as TActor
        ?? throw new IllegalActorStateException($"{_ref} has no instance: it has stopped or its constructor has failed");

    bool IActorRefScope.IsLocal => true;

    IInternalActorRef IInternalActorRef.Parent => _ref.Parent;

    IActorRefProvider IInternalActorRef.Provider => _ref.Provider;

    bool IInternalActorRef.IsTerminated => _ref.IsTerminated;

    /// <summary>The actor's ref proper.</summary>
    public static IActorRef ToActorRef(TestActorRefBase<TActor> actorRef)
    {
        ArgumentNullException.ThrowIfNull(actorRef);
        return actorRef.Ref;
    }

    /// <summary>Has the instance handle a message at once, past the mailbox; what it throws is thrown here.</summary>
    public void Receive(object message, IActorRef? sender = null) => _ref.Cell.InvokeForTest(new Envelope(message, sender ?? _ref.Cell.System.DeadLetters));

    /// <inheritdoc cref="Receive"/>
    public Task ReceiveAsync(object message, IActorRef? sender = null)
    {
        Receive(message, sender);
        return Task.CompletedTask;
    }

    /// <summary>Sends a message from the actor at hand.</summary>
    public void Tell(object message) => Tell(message, ActorCell.GetCurrentSelfOrNoSender());

    /// <summary>Sends a message.</summary>
    public void Tell(object message, IActorRef? sender) => _ref.Tell(message, sender);

    /// <summary>Passes the message at hand on.</summary>
    public void Forward(object message) => _ref.Tell(message, ActorCell.GetCurrentSenderOrNoSender());

    /// <summary>Has the actor watch another one.</summary>
    public void Watch(IActorRef subject) => _ref.Cell.Watch(subject);

    /// <summary>Has the actor stop watching another one.</summary>
    public void Unwatch(IActorRef subject) => _ref.Cell.Unwatch(subject);

    public bool Equals(IActorRef? other) => _ref.Equals(other);

    public override bool Equals(object? obj) => _ref.Equals(obj);

    public override int GetHashCode() => _ref.GetHashCode();

    public override string ToString() => _ref.ToString();

    public int CompareTo(object? obj) => ((IComparable)_ref).CompareTo(obj);

    int IComparable<IActorRef>.CompareTo(IActorRef? other) => _ref.CompareTo(other);

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => _ref.GetChild(name);

    void IInternalActorRef.Resume(Exception? causedByFailure) => _ref.Resume(causedByFailure);

    void IInternalActorRef.Start() => _ref.Start();

    void IInternalActorRef.Stop() => _ref.Stop();

    void IInternalActorRef.Restart(Exception cause) => _ref.Restart(cause);

    void IInternalActorRef.Suspend() => _ref.Suspend();

    void IInternalActorRef.SendSystemMessage(ISystemMessage message) => _ref.SendSystemMessage(message);
}
