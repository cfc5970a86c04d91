using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

/// <summary>
/// The life of one actor behind one ref: its mailbox, its children, whom it watches, its behaviour, and the instance
/// of the moment. All of it runs in the mailbox's turn, except what says otherwise.
/// </summary>
internal sealed partial class ActorCell : IUntypedActorContext
{
    [ThreadStatic]
    private static ActorCell? _current;

    private readonly Mailbox _mailbox;
    private readonly Props _props;
    private ActorBase? _actor;
    private object? _currentMessage;
    private IActorRef? _sender;

    /// <summary>Whether the messages of the instance are logged.</summary>
    private bool _logsMessages;

    public ActorCell(ActorSystemImpl system, IInternalActorRef self, Props props, MessageDispatcher dispatcher, MailboxBound? bound, IInternalActorRef parent)
    {
        System = system;
        Self = self;
        _props = props;
        Dispatcher = dispatcher;
        Parent = parent;
        _mailbox = new Mailbox(this, dispatcher, bound);
    }

    /// <summary>The cell whose actor runs on this thread, or null.</summary>
    internal static ActorCell? Current
    {
        get => _current;
        set => _current = value;
    }

    public ActorSystemImpl System { get; }

    public IInternalActorRef Self { get; }

    public IInternalActorRef Parent { get; }

    public MessageDispatcher Dispatcher { get; }

    public Props Props => _props;

    /// <summary>The instance of the moment; null before it is made and after the end.</summary>
    public ActorBase? Actor => _actor;

    public object? CurrentMessage => _currentMessage;

    public IActorRef Sender => _sender ?? System.DeadLetters;

    /// <summary>Who sent the message at hand; null if nobody did.</summary>
    public IActorRef? CurrentSender => _sender;

    public bool IsTerminated => _mailbox.IsClosed;

    public int NumberOfMessages => _mailbox.Count;

    /// <summary>True if the node that the actor belongs to has crashed: nothing of it runs any more.</summary>
    public bool IsAbandoned => System.Environment.IsAbandoned;

    IActorRef IActorContext.Self => Self;

    IActorRef IActorContext.Parent => Parent;

    ActorSystem IActorContext.System => System;

    /// <summary>The ref of the actor that runs on this thread, or null.</summary>
    internal static IActorRef GetCurrentSelfOrNoSender() => _current?.Self!;

    /// <summary>The sender of the message at hand of the actor that runs on this thread, or null.</summary>
    internal static IActorRef GetCurrentSenderOrNoSender() => _current?._sender!;

    /// <summary>Any thread: posts a message.</summary>
    public void SendMessage(object message, IActorRef? sender) => _mailbox.Post(new Envelope(message, sender!));

    /// <summary>Any thread: posts a system message.</summary>
    public void SendSystemMessage(SystemMessage message)
    {
        if (!_mailbox.PostSystem(message))
            HandleSystemMessageAfterEnd(message);
    }

    /// <summary>Any thread: gives an actor that has a ref its first message.</summary>
    public void Start() => SendSystemMessage(new Create());

    public ActorSelection ActorSelection(string actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, System, Self);

    public ActorSelection ActorSelection(ActorPath actorPath) => ActorRefFactoryShared.ActorSelection(actorPath, System);

    internal void SendToDeadLetters(in Envelope envelope)
    {
        if (!IsAbandoned)
            System.DeadLetters.Tell(new Event.DeadLetter(envelope.Message, envelope.Sender ?? System.DeadLetters, Self), envelope.Sender);
    }

    /// <summary>Any thread: a message found the mailbox full.</summary>
    internal void Overflow(in Envelope envelope, MailboxBound bound)
    {
        SendToDeadLetters(envelope);
        if (bound.Policy == MailboxOverflow.Fail)
            SendSystemMessage(new Overflowed(bound.Capacity));
    }

    private void Publish(object @event) => System.EventStream.Publish(@event);

    private Type ActorType => _actor?.GetType() ?? _props.Type ?? typeof(ActorBase);

    /// <summary>Makes the instance. Its constructor finds the cell through <see cref="Current"/>.</summary>
    private void CreateActor()
    {
        try
        {
            _actor = NewActor();
            _actor.AroundPreStart();
            CheckReceiveTimeout();
            if (System.Settings.DebugLifecycle)
                Publish(new Event.Debug(Self.Path.ToString(), ActorType, $"Started ({_actor})"));
        }
        catch (Exception cause)
        {
            ClearActor(_actor);
            _actor = null;
            throw new ActorInitializationException(Self, $"Exception during creation of {Self.Path}", cause);
        }
    }

    private ActorBase NewActor()
    {
        ResetBehavior();
        _instance++;
        ActorBase actor = _props.NewActor();
        InitializeBehavior(actor);
        _logsMessages = System.Settings.AddLoggingReceive && actor is ILogReceive;
        if (actor is IActorStash stashing)
            stashing.Stash = _stash = new StashOfMessages(this, _mailbox, stashing is IWithUnboundedStash ? -1 : _props.StashCapacity);
        return actor;
    }

    /// <summary>The timers of the instance that is being made.</summary>
    internal TimerScheduler NewTimers() => _timers = new TimerScheduler(this);

    /// <summary>Before the last hooks of an instance: what they see has no timers any more.</summary>
    internal void EndTimers() => _timers?.CancelAll();

    /// <summary>Takes an instance out of use: its timers end, what it stashed goes back to the mailbox.</summary>
    private void ClearActor(ActorBase? actor)
    {
        EndTimers();
        _timers = null;
        _stash?.UnstashAll();
        _stash = null;
        ResetBehavior();
        _currentMessage = null;
        _sender = null;
        if (actor is null)
            return;
        Dispose(actor);
        _props.Release(actor);
    }

    /// <summary>An instance that holds something gives it back with its end.</summary>
    private void Dispose(ActorBase actor)
    {
        if (actor is not IDisposable disposable)
            return;
        try
        {
            disposable.Dispose();
        }
        catch (Exception cause)
        {
            Publish(new Event.Error(cause, Self.Path.ToString(), actor.GetType(), $"An error occurred while disposing {actor.GetType()} actor. Reason: {cause.Message}"));
        }
    }
}
