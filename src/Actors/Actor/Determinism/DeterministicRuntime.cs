namespace Actors.Runtime;

/// <summary>
/// One thread, one virtual time and one seed for any number of actor systems: the same seed gives the same run, on
/// every machine. Nothing happens unless it is stepped.
/// </summary>
public sealed class DeterministicRuntime
{
    private readonly SeededRandomSource _random;

    /// <summary>Creates a runtime; its time begins at a fixed moment unless one is given.</summary>
    public DeterministicRuntime(ulong seed, DateTimeOffset? start = null)
    {
        _random = new SeededRandomSource(seed);
        Dispatcher = new DeterministicDispatcher(_random.NextUInt64());
        Time = new VirtualTime(start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>What runs the actors.</summary>
    public DeterministicDispatcher Dispatcher { get; }

    /// <summary>The time.</summary>
    public VirtualTime Time { get; }

    /// <summary>
    /// Makes the environment of a node. Systems that the node's own code creates while it runs belong to the same node.
    /// <see cref="RuntimeEnvironment.Abandon"/> crashes it.
    /// </summary>
    public RuntimeEnvironment CreateEnvironment(Event.ILogSink? logSink = null)
    {
        RuntimeEnvironment? environment = null;
        environment = new RuntimeEnvironment
        {
            Scheduler = () => new DeterministicScheduler(Time, Dispatcher, environment!),
            Random = new SeededRandomSource(_random.NextUInt64()),
            Dispatcher = _ => Dispatcher,
            LogSink = logSink ?? Event.NoLogSink.Instance,
            IsSingleThreaded = true,
            OwnContext = Dispatcher.ContextOf(() => environment),
        };
        return environment;
    }

    /// <summary>Runs code as part of a node: what it awaits comes back here, systems that it creates belong to the node.</summary>
    public void RunIn(RuntimeEnvironment environment, Action code) => Dispatcher.Run(code, environment);

    /// <summary>Lets one actor have its turn or, if none wants one, moves time to the next timer; false if there is neither.</summary>
    public bool Step()
    {
        if (Dispatcher.Step())
            return true;
        if (Time.NextDue is not { } due)
            return false;
        Time.MoveTo(due)?.Invoke();
        return true;
    }

    /// <summary>Runs until no actor has anything to do; time stands still.</summary>
    public void RunUntilIdle() => Dispatcher.RunUntilIdle();

    /// <summary>Moves time, stopping at every timer on the way; between two timers all actors become idle.</summary>
    public void AdvanceTo(TimeSpan elapsed)
    {
        RunUntilIdle();
        while (Time.MoveTo(elapsed) is { } timer)
        {
            timer();
            RunUntilIdle();
        }
    }

    /// <summary>Moves time on.</summary>
    public void AdvanceBy(TimeSpan time) => AdvanceTo(Time.Elapsed + time);

    /// <summary>Steps until a task has ended, at most for so long in virtual time, and hands out its result.</summary>
    /// <exception cref="TimeoutException">It did not end in time, or nothing is left that could end it.</exception>
    public T Await<T>(Task<T> task, TimeSpan limit)
    {
        Await((Task)task, limit);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Steps until a task has ended, at most for so long in virtual time.</summary>
    /// <exception cref="TimeoutException">It did not end in time, or nothing is left that could end it.</exception>
    public void Await(Task task, TimeSpan limit)
    {
        TimeSpan end = Time.Elapsed + limit;
        while (!task.IsCompleted)
        {
            if (Dispatcher.Step())
                continue;
            if (Time.NextDue is not { } due || due > end)
                throw new TimeoutException($"The task has not ended at {Time.Elapsed}");
            Time.MoveTo(due)?.Invoke();
        }
        task.GetAwaiter().GetResult();
    }
}
