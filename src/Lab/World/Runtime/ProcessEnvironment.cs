using Actors.Lab.Hooks;

namespace Actors.Lab.World;

/// <summary>What the code of one process of the world gets from outside: time, randomness, turns, and its end.</summary>
internal sealed class ProcessEnvironment : RunningProcess
{
    private readonly ProcessTaskScheduler _tasks;
    private readonly ContextCallback _execute;
    private readonly SeededRandom _random;
    private readonly ulong _busyDisk;
    private readonly Dictionary<long, SeededRandomSource> _busyDisks = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private List<(long Order, Task Turn)>? _kept;

    public ProcessEnvironment(SimulatedWorld world, Machine machine, Action<LogEvent>? log)
    {
        World = world;
        Machine = machine;
        Log = log;
        _busyDisk = world.NewRandom().NextUInt64();
        _random = new SeededRandom(world.NewRandom());
        _tasks = new ProcessTaskScheduler(this);
        _execute = turn => _tasks.Execute((Task)turn!);
    }

    /// <summary>The process whose code runs now; null: none.</summary>
    public static ProcessEnvironment? Running => CurrentOrNull as ProcessEnvironment;

    /// <summary>For what Akka.NET makes by the name of its type.</summary>
    /// <exception cref="InvalidOperationException">The caller is not in a process.</exception>
    public static ProcessEnvironment Required => Running ?? throw new InvalidOperationException("this works in a simulated process only");

    public SimulatedWorld World { get; }
    public Machine Machine { get; }
    public DeterministicRuntime Runtime => World.Runtime;

    /// <summary>Takes what actor systems log; null: the log is dropped.</summary>
    public Action<LogEvent>? Log { get; }

    /// <summary>
    /// Decides when the disk is busy with others, for one mailbox: in what order an actor stops its children depends on the
    /// hashes of their names, which .NET draws anew for each of its processes.
    /// </summary>
    public SeededRandomSource BusyDiskOf(long mailbox)
    {
        if (!_busyDisks.TryGetValue(mailbox, out var source))
            _busyDisks.Add(mailbox, source = new SeededRandomSource(_busyDisk ^ (ulong)mailbox));
        return source;
    }

    /// <summary>True after <see cref="Abandon"/>.</summary>
    public bool IsAbandoned { get; private set; }

    public override DateTimeOffset UtcNow => Machine.Clock.Now;
    public override TimeSpan Monotonic => Machine.Clock.Monotonic;
    public override Random Random => _random;
    public override TaskScheduler TaskScheduler => _tasks;

    public override int NextNumber(string counter) => _numbers[counter] = _numbers.GetValueOrDefault(counter) + 1;

    public override void Schedule(TimeSpan delay, Action action) => Schedule(delay, null, null, action);

    /// <summary>Runs something as the process, later by its own clock.</summary>
    public void Schedule(TimeSpan delay, TimeSpan? interval, ICancelable? cancelable, Action action)
    {
        Runtime.Queue.CheckThread();
        Runtime.Time.Set(Machine.Clock.Stretch(delay), interval is { } each ? Machine.Clock.Stretch(each) : null, cancelable, () => Run(action));
    }

    public override bool RunUntilEnd(Task task)
    {
        while (!task.IsCompleted && !IsAbandoned && Runtime.Queue.Step(this))
        {
        }
        return IsAbandoned ? throw new Disks.ProcessKilledException(Machine.Name) : task.IsCompleted;
    }

    public override Exception Fail(string what) => Runtime.Queue.Fail(what);

    /// <summary>Runs code as part of the process: now; if it is suspended, when it resumes; if it has ended, never.</summary>
    public void Run(Action code)
    {
        var turn = NewTask(code);
        if (Take(long.MaxValue, turn))
            turn.GetAwaiter().GetResult();
    }

    /// <summary>Runs the turn of a mailbox or a continuation. Its exception is in the task.</summary>
    /// <returns>False: not now.</returns>
    public bool Take(long order, Task turn)
    {
        if (IsAbandoned)
            return false;
        if (_kept is not null)
        {
            _kept.Add((order, turn));
            return false;
        }
        Enter(_execute, turn);
        return true;
    }

    /// <summary>Ends it as a crash does: no actor of it runs again, no hook is called, no timer fires, nothing is sent.</summary>
    public void Abandon() => IsAbandoned = true;

    /// <summary>From now on turns are kept back, as for a stopped process.</summary>
    public void Suspend() => _kept ??= [];

    /// <summary>Runs the turns that were kept back, late.</summary>
    public void Resume()
    {
        var kept = _kept ?? [];
        _kept = null;
        foreach (var (order, turn) in kept)
            Runtime.Queue.Add(order, turn, this);
    }
}

/// <summary>Runs the tasks of a process as turns of the world.</summary>
internal sealed class ProcessTaskScheduler(ProcessEnvironment environment) : TaskScheduler
{
    private Task? _now;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Runs a task that has waited for its turn, or a new one that does not wait.</summary>
    public void Execute(Task task)
    {
        var outer = _now;
        _now = task;
        try
        {
            if (task.Status == TaskStatus.Created)
                task.RunSynchronously(this);
            else
                TryExecuteTask(task);
        }
        finally
        {
            _now = outer;
        }
    }

    protected override void QueueTask(Task task) => environment.Runtime.Queue.Add(null, task, environment);

    /// <summary>No continuation runs inside of the turn that causes it.</summary>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => task == _now && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
