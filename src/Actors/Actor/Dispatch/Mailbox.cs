using System.Collections.Concurrent;
using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

/// <summary>
/// The messages of one actor. Any thread posts; one at a time runs, settled by one compare-and-swap of the state.
/// System messages go before ordinary ones; unstashed messages go before newer ones.
/// </summary>
internal sealed class Mailbox : IThreadPoolWorkItem
{
    private const int Idle = 0;
    private const int Scheduled = 1;
    private static readonly SystemMessage ClosedMark = new Terminate();

    private readonly ActorCell _cell;
    private readonly IMailboxExecutor _executor;
    private readonly int _throughput;
    private readonly MailboxBound? _bound;
    private readonly Action<ActorCell, object>? _observer;
    private readonly ConcurrentQueue<Envelope> _messages = new();

    /// <summary>Messages that go before the queue; touched by the running thread only.</summary>
    private readonly Stack<Envelope> _front = new(0);

    /// <summary>A stack of system messages, newest first, or the closed mark.</summary>
    private SystemMessage? _systemMessages;
    private int _state;
    private volatile int _suspensions;
    private volatile bool _isClosed;

    public Mailbox(ActorCell cell, MessageDispatcher dispatcher, MailboxBound? bound)
    {
        _cell = cell;
        _executor = dispatcher.ExecutorFor(cell);
        _throughput = dispatcher.Throughput;
        _bound = bound;
        _observer = dispatcher.InvocationObserver;
    }

    public RuntimeEnvironment Environment => _cell.System.Environment;

    public bool IsClosed => _isClosed;

    public bool IsSuspended => _suspensions > 0;

    public int Suspensions => _suspensions;

    public int Count => _messages.Count + _front.Count;

    /// <summary>Posts an ordinary message; after the end it becomes a dead letter.</summary>
    public void Post(in Envelope envelope)
    {
        if (_isClosed)
        {
            _cell.SendToDeadLetters(envelope);
            return;
        }
        if (_bound is not null && envelope.Message is not IUnboundedMessage && !_bound.TryEnter())
        {
            _cell.Overflow(envelope, _bound);
            return;
        }
        _messages.Enqueue(envelope);
        if (_state == Idle && _suspensions == 0)
            Schedule();
        if (_isClosed)
            Drain();
    }

    /// <summary>Posts a system message; false if the mailbox is closed.</summary>
    public bool PostSystem(SystemMessage message)
    {
        SystemMessage? head = Volatile.Read(ref _systemMessages);
        while (true)
        {
            if (ReferenceEquals(head, ClosedMark))
                return false;
            message.Next = head;
            SystemMessage? seen = Interlocked.CompareExchange(ref _systemMessages, message, head);
            if (ReferenceEquals(seen, head))
                break;
            head = seen;
        }
        Schedule();
        return true;
    }

    /// <summary>Puts messages before all others, keeping their order. Only while the actor runs.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        for (int i = envelopes.Count - 1; i >= 0; i--)
            _front.Push(envelopes[i]);
    }

    /// <summary>Keeps ordinary messages back. Only while the actor runs; has to be balanced by Resume.</summary>
    public void Suspend() => _suspensions++;

    public void Resume()
    {
        if (_suspensions > 0)
            _suspensions--;
    }

    /// <summary>Ends the mailbox: all that is left and all that comes is dead. Only while the actor runs.</summary>
    public void Close()
    {
        _isClosed = true;
        SystemMessage? left = Interlocked.Exchange(ref _systemMessages, ClosedMark);
        for (SystemMessage? message = InOrder(left); message is not null;)
        {
            SystemMessage? next = message.Next;
            message.Next = null;
            _cell.HandleSystemMessageAfterEnd(message);
            message = next;
        }
        while (_front.TryPop(out Envelope envelope))
            _cell.SendToDeadLetters(envelope);
        Drain();
        _executor.Release();
    }

    public void ExecuteLate(Action work) => _executor.ExecuteLate(work);

    void IThreadPoolWorkItem.Execute() => Run();

    /// <summary>One turn of the actor: its system messages, then a batch of ordinary ones.</summary>
    public void Run()
    {
        if (_cell.IsAbandoned)
            return;
        ActorCell? outer = ActorCell.Current;
        ActorCell.Current = _cell;
        try
        {
            RunSystemMessages();
            for (int left = _throughput; left > 0 && _suspensions == 0 && !_isClosed && TryTake(out Envelope envelope); left--)
            {
                _observer?.Invoke(_cell, envelope.Message);
                _cell.Invoke(envelope);
                if (_systemMessages is not null)
                    RunSystemMessages();
            }
        }
        finally
        {
            ActorCell.Current = outer;
            // A full fence: whoever posted before it is seen below, whoever posts after it sees the mailbox idle.
            Interlocked.Exchange(ref _state, Idle);
            if (HasWork)
                Schedule();
        }
    }

    private bool HasWork => (_systemMessages is { } head && !ReferenceEquals(head, ClosedMark))
        || (_suspensions == 0 && !_isClosed && (_front.Count > 0 || !_messages.IsEmpty));

    private void Schedule()
    {
        if (_state == Idle && Interlocked.CompareExchange(ref _state, Scheduled, Idle) == Idle)
            _executor.Execute(this);
    }

    private bool TryTake(out Envelope envelope)
    {
        if (_front.Count > 0)
        {
            envelope = _front.Pop();
            return true;
        }
        if (!_messages.TryDequeue(out envelope))
            return false;
        if (_bound is not null && envelope.Message is not IUnboundedMessage)
            _bound.Leave();
        return true;
    }

    private void RunSystemMessages()
    {
        while (!_isClosed && Interlocked.Exchange(ref _systemMessages, null) is { } taken)
        {
            for (SystemMessage? message = InOrder(taken); message is not null;)
            {
                SystemMessage? next = message.Next;
                message.Next = null;
                if (_isClosed)
                    _cell.HandleSystemMessageAfterEnd(message);
                else
                    InvokeSystem(message);
                message = next;
            }
        }
    }

    private void InvokeSystem(SystemMessage message)
    {
        _observer?.Invoke(_cell, message);
        _cell.InvokeSystem(message);
    }

    private static SystemMessage? InOrder(SystemMessage? newestFirst)
    {
        SystemMessage? ordered = null;
        while (newestFirst is not null)
        {
            SystemMessage? next = newestFirst.Next;
            newestFirst.Next = ordered;
            ordered = newestFirst;
            newestFirst = next;
        }
        return ordered;
    }

    private void Drain()
    {
        while (_messages.TryDequeue(out Envelope envelope))
            _cell.SendToDeadLetters(envelope);
    }
}
