namespace Actors.Runtime;

/// <summary>
/// An actor that registers handlers by message type, in its constructor or while it becomes something else. The first
/// handler that fits takes the message.
/// </summary>
public abstract class ReceiveActor : UntypedActor
{
    private const string NotConfiguring = "You may only call Receive-methods when constructing the actor and inside Become().";
    private readonly HandlerTable _initial = new();
    private HandlerTable? _configuring;

    /// <summary>Opens the registration of handlers.</summary>
    protected ReceiveActor() => _configuring = _initial;

    internal Receive InitialBehavior()
    {
        _configuring = null;
        return _initial.Handle;
    }

    /// <inheritdoc/>
    protected sealed override void OnReceive(object message)
    {
        if (!_initial.Handle(message))
            Unhandled(message);
    }

    /// <summary>Replaces the behaviour in force by the handlers that the function registers.</summary>
    protected void Become(Action configure) => Context.Become(Configure(configure));

    /// <summary>Puts the handlers that the function registers on top of the behaviour in force.</summary>
    protected void BecomeStacked(Action configure) => Context.BecomeStacked(Configure(configure));

    private Receive Configure(Action configure)
    {
        HandlerTable? outer = _configuring;
        var table = new HandlerTable();
        _configuring = table;
        try
        {
            configure();
        }
        finally
        {
            _configuring = outer;
        }
        return table.Handle;
    }

    /// <summary>Handles messages of a type, if the predicate holds.</summary>
    protected void Receive<T>(Action<T> handler, Predicate<T>? shouldHandle = null) => Add(new ActionHandler<T>(handler, shouldHandle));

    /// <summary>Handles messages of a type, if the predicate holds.</summary>
    protected void Receive<T>(Predicate<T> shouldHandle, Action<T> handler) => Receive(handler, shouldHandle);

    /// <summary>Handles messages of a type; the handler returns false to leave them to the next one.</summary>
    protected void Receive<T>(Func<T, bool> handler) => Add(new FuncHandler<T>(handler));

    /// <summary>Handles messages of a type, if the predicate holds.</summary>
    protected void Receive(Type messageType, Action<object> handler, Predicate<object>? shouldHandle = null) =>
        Add(new TypedHandler(messageType, handler, shouldHandle));

    /// <summary>Handles messages of a type, if the predicate holds.</summary>
    protected void Receive(Type messageType, Predicate<object> shouldHandle, Action<object> handler) => Receive(messageType, handler, shouldHandle);

    /// <summary>Handles messages of a type; the handler returns false to leave them to the next one.</summary>
    protected void Receive(Type messageType, Func<object, bool> handler) =>
        Add(new FuncHandler<object>(message => messageType.IsInstanceOfType(message) && handler(message)));

    /// <summary>Handles everything; no handler can follow.</summary>
    protected void ReceiveAny(Action<object> handler) => Add(new ActionHandler<object>(handler, null));

    /// <summary>Handles messages of a type asynchronously; no other message is taken before the task has ended.</summary>
    protected void ReceiveAsync<T>(Func<T, Task> handler, Predicate<T>? shouldHandle = null) =>
        Add(new ActionHandler<T>(message => RunTask(() => handler(message)), shouldHandle));

    /// <summary>Handles messages of a type asynchronously; no other message is taken before the task has ended.</summary>
    protected void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, Task> handler) => ReceiveAsync(handler, shouldHandle);

    /// <summary>Handles messages of a type asynchronously; no other message is taken before the task has ended.</summary>
    protected void ReceiveAsync(Type messageType, Func<object, Task> handler, Predicate<object>? shouldHandle = null) =>
        Add(new TypedHandler(messageType, message => RunTask(() => handler(message)), shouldHandle));

    /// <summary>Handles messages of a type asynchronously; no other message is taken before the task has ended.</summary>
    protected void ReceiveAsync(Type messageType, Predicate<object> shouldHandle, Func<object, Task> handler) =>
        ReceiveAsync(messageType, handler, shouldHandle);

    /// <summary>Handles everything asynchronously; no handler can follow.</summary>
    protected void ReceiveAnyAsync(Func<object, Task> handler) => ReceiveAny(message => RunTask(() => handler(message)));

    private void Add(MessageHandler handler) => (_configuring ?? throw new InvalidOperationException(NotConfiguring)).Add(handler);
}
