using System.Runtime.InteropServices;
using Actors.Lab.Hooks;

namespace Actors.Lab.World;

/// <summary>
/// What is ready to run: mailboxes in the order in which they were made, and behind them, in order of arrival, continuations
/// of asynchronous code. A seeded index picks the next. Since mailboxes are sorted, the order in which
/// they became ready does not matter.
/// </summary>
internal sealed class RunQueue
{
    private readonly SeededRandomSource _random;
    private readonly List<Runnable> _runnable = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private long _mailboxesMade;
    private volatile string? _failure;

    internal RunQueue(ulong seed) => _random = new SeededRandomSource(seed);

    /// <summary>How many mailboxes and continuations could go next.</summary>
    public int RunnableCount => _runnable.Count;

    /// <summary>How many turns there were.</summary>
    public long Steps { get; private set; }

    /// <summary>The most messages that an actor ever had before it, the one that it handles among them.</summary>
    public int LongestMailbox { get; private set; }

    /// <summary>Sees every message just before its actor handles it: the trace of the run.</summary>
    public Action<DispatchStep>? Tracer { get; set; }

    /// <summary>Lets one mailbox or continuation have its turn; false if none wants one.</summary>
    /// <exception cref="InvalidOperationException">Something has reached into the world from outside.</exception>
    public bool Step()
    {
        ThrowIfFailed();
        if (_runnable.Count == 0)
            return false;
        Run(_random.Next(_runnable.Count));
        ThrowIfFailed();
        return true;
    }

    /// <summary>The same, for one process only.</summary>
    internal bool Step(ProcessEnvironment environment)
    {
        ThrowIfFailed();
        var own = _runnable.Count(runnable => runnable.Environment == environment);
        if (own == 0)
            return false;
        var skip = _random.Next(own);
        Run(_runnable.FindIndex(runnable => runnable.Environment == environment && skip-- == 0));
        return true;
    }

    internal long NextMailbox() => ++_mailboxesMade;

    /// <param name="order">The number of a mailbox; null: behind all that is there.</param>
    /// <param name="turn">What to do.</param>
    /// <param name="environment">As whom.</param>
    internal void Add(long? order, Task turn, ProcessEnvironment environment)
    {
        CheckThread();
        var runnable = new Runnable(order ?? long.MaxValue, turn, environment);
        var at = _runnable.Count;
        var all = CollectionsMarshal.AsSpan(_runnable);
        while (at > 0 && all[at - 1].Order > runnable.Order)
            at--;
        _runnable.Insert(at, runnable);
    }

    internal void Observe(ActorPath actor, object message, int messages)
    {
        LongestMailbox = Math.Max(LongestMailbox, messages);
        Tracer?.Invoke(new DispatchStep(actor, message));
    }

    /// <exception cref="InvalidOperationException">The caller is not on the world's thread.</exception>
    internal void CheckThread()
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw Fail("work came from another thread");
    }

    /// <summary>Remembers where something went wrong; the run ends with it.</summary>
    internal InvalidOperationException Fail(string what)
    {
        var failure = $"{what}: the run would not be deterministic{Environment.NewLine}{Environment.StackTrace}";
        _failure ??= failure;
        return new InvalidOperationException(failure);
    }

    internal void ThrowIfFailed()
    {
        if (_failure is { } failure)
            throw new InvalidOperationException(failure);
    }

    private void Run(int index)
    {
        var next = _runnable[index];
        _runnable.RemoveAt(index);
        Steps++;
        RunningProcess.EnterWorld();
        try
        {
            // A continuation's exception belongs to the code that awaits it; a mailbox throws none.
            if (next.Environment.Take(next.Order, next.Turn) && next.Order != long.MaxValue)
                next.Turn.GetAwaiter().GetResult();
        }
        finally
        {
            RunningProcess.LeaveWorld();
        }
    }

    private readonly record struct Runnable(long Order, Task Turn, ProcessEnvironment Environment);
}

/// <summary>One message that an actor is about to handle.</summary>
/// <param name="Actor">The path of the actor, which names its system.</param>
/// <param name="Message">The message, of Akka's own kind or not.</param>
internal readonly record struct DispatchStep(ActorPath Actor, object Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Actor} {Message.GetType().Name}";
}
