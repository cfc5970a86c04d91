namespace Actors.Runtime;

/// <summary>
/// Runs the actors of one or several systems on the thread that calls <see cref="Step"/>, one message at a time; which
/// runnable actor is next is drawn from a seed. Continuations of asynchronous code come back to it as well.
/// </summary>
public sealed class DeterministicDispatcher : MessageDispatcher, IMailboxExecutor
{
    private readonly SeededRandomSource _random;
    private readonly List<Runnable> _runnable = [];
    private int _runningThread;

    /// <summary>Creates a dispatcher; the same seed gives the same run.</summary>
    public DeterministicDispatcher(ulong seed) : base("deterministic", throughput: 1) => _random = new SeededRandomSource(seed);

    /// <summary>How many actors and continuations could go next.</summary>
    public int RunnableCount => _runnable.Count;

    /// <summary>How many steps were made.</summary>
    public long Steps { get; private set; }

    /// <summary>The most messages that an actor ever had before it, the one that it handles among them.</summary>
    internal int LongestMailbox { get; private set; }

    /// <summary>Sees every message just before its actor handles it: the trace of the run.</summary>
    public Action<DispatchStep>? Tracer { get; set; }

    internal override TaskCreationOptions CompletionOptions => TaskCreationOptions.None;

    /// <summary>Lets one actor or continuation have its turn; false if none wants one.</summary>
    public bool Step()
    {
        if (_runnable.Count == 0)
            return false;
        int chosen = _random.Next(_runnable.Count);
        Runnable next = _runnable[chosen];
        _runnable[chosen] = _runnable[^1];
        _runnable.RemoveAt(_runnable.Count - 1);
        Steps++;
        Run(next.Work, next.Environment);
        return true;
    }

    /// <summary>Makes steps until nothing is left to do; says how many.</summary>
    /// <exception cref="InvalidOperationException">It took more steps than allowed: the actors keep each other busy.</exception>
    public long RunUntilIdle(long stepsMax = 10_000_000)
    {
        long steps = 0;
        while (Step())
        {
            if (++steps > stepsMax)
                throw new InvalidOperationException($"Not idle after {stepsMax} steps");
        }
        return steps;
    }

    /// <inheritdoc/>
    public override void Schedule(Action run) => Add(run, RuntimeEnvironment.Current);

    internal void Add(Action work, RuntimeEnvironment? environment)
    {
        int runningThread = _runningThread;
        if (runningThread != 0 && runningThread != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("Work came from another thread: the run would not be deterministic");
        _runnable.Add(new Runnable(work, environment));
    }

    /// <summary>Runs a piece of work as part of a node: its continuations come back here, its systems are of that node.</summary>
    internal void Run(Action work, RuntimeEnvironment? environment)
    {
        if (environment is { IsAbandoned: true } || environment?.KeepBack(work) == true)
            return;
        SynchronizationContext? outerContext = SynchronizationContext.Current;
        RuntimeEnvironment? outerEnvironment = RuntimeEnvironment.Current;
        int outerThread = _runningThread;
        _runningThread = Environment.CurrentManagedThreadId;
        // A new context for each turn: one that is met again would let a continuation run inside of another actor's turn.
        SynchronizationContext.SetSynchronizationContext(new DeterministicContext(this, () => environment));
        RuntimeEnvironment.Current = environment;
        try
        {
            work();
        }
        finally
        {
            RuntimeEnvironment.Current = outerEnvironment;
            SynchronizationContext.SetSynchronizationContext(outerContext);
            _runningThread = outerThread;
        }
    }

    /// <summary>What brings continuations of a node back here.</summary>
    internal SynchronizationContext ContextOf(Func<RuntimeEnvironment?> environment) => new DeterministicContext(this, environment);

    internal override IMailboxExecutor ExecutorFor(ActorCell cell) => this;

    internal override Action<ActorCell, object>? InvocationObserver => Observe;

    void IMailboxExecutor.Execute(Mailbox mailbox) => Add(mailbox.Run, mailbox.Environment);

    void IMailboxExecutor.ExecuteLate(Action work) => Schedule(work);

    void IMailboxExecutor.Release() { }

    private void Observe(ActorCell cell, object message)
    {
        LongestMailbox = Math.Max(LongestMailbox, 1 + cell.NumberOfMessages);
        Tracer?.Invoke(new DispatchStep(cell.Self.Path, message));
    }

    private readonly record struct Runnable(Action Work, RuntimeEnvironment? Environment);

    private sealed class DeterministicContext(DeterministicDispatcher dispatcher, Func<RuntimeEnvironment?> environment) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => dispatcher.Add(() => d(state), environment());

        /// <exception cref="NotSupportedException">Always: nothing may be waited for.</exception>
        public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Use Post");

        public override SynchronizationContext CreateCopy() => this;
    }
}
