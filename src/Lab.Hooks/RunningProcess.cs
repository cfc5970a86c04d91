namespace Actors.Lab.Hooks;

/// <summary>A process of a simulated world, as the code that runs in it sees the outside.</summary>
public abstract class RunningProcess
{
    // Flows wherever asynchronous code flows, also to threads outside the world.
    private static readonly AsyncLocal<RunningProcess?> Origin = new();

    [ThreadStatic]
    private static RunningProcess? _current;

    [ThreadStatic]
    private static int _worldsOnThread;

    private readonly ExecutionContext _context;

    protected RunningProcess()
    {
        var before = Origin.Value;
        Origin.Value = this;
        _context = ExecutionContext.Capture()!;
        Origin.Value = before;
    }

    /// <summary>The process whose code runs on this thread; null: none, this is the real world.</summary>
    /// <exception cref="InvalidOperationException">A world's code runs on a foreign thread, or outside of all its processes.</exception>
    public static RunningProcess? Current
    {
        get
        {
            if (_current is { } current)
                return current;
            if (Origin.Value is { } origin)
                throw origin.Fail("work of a simulated process on a foreign thread");
            return _worldsOnThread == 0 ? null : throw new InvalidOperationException("something outside of all simulated processes asks for the real world");
        }
    }

    /// <summary>The same, without an exception.</summary>
    internal static RunningProcess? CurrentOrNull => _current;

    /// <summary>The time of day, UTC.</summary>
    public abstract DateTimeOffset UtcNow { get; }

    /// <summary>A time that never goes back.</summary>
    public abstract TimeSpan Monotonic { get; }

    public abstract Random Random { get; }

    /// <summary>Runs tasks as turns of the process.</summary>
    public abstract TaskScheduler TaskScheduler { get; }

    /// <summary>1, 2, 3, ... for each name.</summary>
    public abstract int NextNumber(string counter);

    /// <summary>Runs something in the process, later.</summary>
    public abstract void Schedule(TimeSpan delay, Action action);

    /// <summary>Runs the process's turns until a task has ended; false if it has nothing left to do before that.</summary>
    public abstract bool RunUntilEnd(Task task);

    /// <summary>Makes the world's run fail, with a stack trace; throw what it returns.</summary>
    public abstract Exception Fail(string what);

    /// <summary>From now on, code on this thread that asks for the outside without being in a process fails.</summary>
    internal static void EnterWorld() => _worldsOnThread++;

    internal static void LeaveWorld() => _worldsOnThread--;

    /// <summary>A task that runs as this process on any thread.</summary>
    protected Task NewTask(Action code)
    {
        Task? task = null;
        ExecutionContext.Run(_context, _ => task = new Task(code), null);
        return task!;
    }

    /// <summary>Runs code as the process.</summary>
    protected void Enter(ContextCallback code, object argument)
    {
        var (outer, outerContext) = (_current, SynchronizationContext.Current);
        _current = this;
        // Continuations come back to the process's scheduler only where there is none.
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            ExecutionContext.Run(_context, code, argument);
        }
        finally
        {
            _current = outer;
            SynchronizationContext.SetSynchronizationContext(outerContext);
        }
    }
}
