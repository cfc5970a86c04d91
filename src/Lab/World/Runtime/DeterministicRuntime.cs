using Actors.Lab.Hooks;

namespace Actors.Lab.World;

/// <summary>
/// One thread, one virtual time and one seed for any number of actor systems: the same seed gives the same run, on
/// every machine. Nothing happens unless it is stepped.
/// </summary>
internal sealed class DeterministicRuntime
{
    /// <summary>Creates a runtime; its time begins at a fixed moment unless one is given.</summary>
    public DeterministicRuntime(ulong seed, DateTimeOffset? start = null)
    {
        Queue = new RunQueue(seed);
        Time = new VirtualTime(start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    /// <summary>What waits for a turn.</summary>
    public RunQueue Queue { get; }

    /// <summary>The time.</summary>
    public VirtualTime Time { get; }

    /// <summary>Runs one actor's turn or, if none is ready, moves time to the next timer; false if there is neither.</summary>
    public bool Step()
    {
        if (Queue.Step())
            return true;
        if (Time.NextDue is not { } due)
            return false;
        Fire(due);
        return true;
    }

    /// <summary>Runs until no actor has anything to do; time stands still.</summary>
    /// <exception cref="InvalidOperationException">It took more steps than allowed: the actors keep each other busy.</exception>
    public void RunUntilIdle(long stepsMax = 10_000_000)
    {
        for (long steps = 0; Queue.Step(); steps++)
        {
            if (steps > stepsMax)
                throw new InvalidOperationException($"Not idle after {stepsMax} steps");
        }
    }

    /// <summary>Moves time, stopping at every timer on the way; between two timers all actors become idle.</summary>
    public void AdvanceTo(TimeSpan elapsed)
    {
        RunUntilIdle();
        while (Fire(elapsed))
            RunUntilIdle();
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
        var end = Time.Elapsed + limit;
        while (!task.IsCompleted)
        {
            if (Queue.Step())
                continue;
            if (Time.NextDue is not { } due || due > end)
                throw new TimeoutException($"The task has not ended at {Time.Elapsed}");
            Fire(due);
        }
        task.GetAwaiter().GetResult();
    }

    private bool Fire(TimeSpan limit)
    {
        Queue.ThrowIfFailed();
        if (Time.MoveTo(limit) is not { } timer)
            return false;
        RunningProcess.EnterWorld();
        try
        {
            timer();
        }
        finally
        {
            RunningProcess.LeaveWorld();
        }
        return true;
    }
}
