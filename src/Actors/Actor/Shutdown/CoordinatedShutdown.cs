using Actors.Event;

namespace Actors.Runtime;

/// <summary>
/// Stops an actor system in named phases. The tasks of a phase run side by side; the next phase begins when they have
/// ended or the time of the phase is up.
/// </summary>
public sealed partial class CoordinatedShutdown : IExtension
{
    /// <summary>Before connections are refused.</summary>
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";

    /// <summary>Stop taking new connections.</summary>
    public const string PhaseServiceUnbind = "service-unbind";

    /// <summary>Wait for requests in flight.</summary>
    public const string PhaseServiceRequestsDone = "service-requests-done";

    /// <summary>Stop the services.</summary>
    public const string PhaseServiceStop = "service-stop";

    /// <summary>Before leaving a cluster.</summary>
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";

    /// <summary>Hand shards over.</summary>
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";

    /// <summary>Leave the cluster.</summary>
    public const string PhaseClusterLeave = "cluster-leave";

    /// <summary>Stop the cluster's singletons.</summary>
    public const string PhaseClusterExiting = "cluster-exiting";

    /// <summary>Wait until leaving is done.</summary>
    public const string PhaseClusterExitingDone = "cluster-exiting-done";

    /// <summary>Stop the cluster.</summary>
    public const string PhaseClusterShutdown = "cluster-shutdown";

    /// <summary>The last tasks that need the actor system.</summary>
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";

    /// <summary>Stop the actor system.</summary>
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private readonly Lock _lock = new();
    private readonly IReadOnlyList<ShutdownPhase> _phases;
    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Run)>> _tasks = new(StringComparer.Ordinal);
    private readonly ILoggingAdapter _log;
    private Task<Done>? _running;

    internal CoordinatedShutdown(ExtendedActorSystem system, IReadOnlyList<ShutdownPhase> phases)
    {
        System = system;
        _phases = phases;
        _log = Logging.GetLogger(system, typeof(CoordinatedShutdown));
    }

    /// <summary>The actor system.</summary>
    public ExtendedActorSystem System { get; }

    /// <summary>Why it runs, or null if it does not.</summary>
    public Reason? ShutdownReason { get; private set; }

    /// <summary>How long all phases may take together.</summary>
    public TimeSpan TotalTimeout => _phases.Aggregate(TimeSpan.Zero, (total, phase) => total + (_tasks.ContainsKey(phase.Name) ? phase.Timeout : TimeSpan.Zero));

    /// <summary>The coordinated shutdown of an actor system.</summary>
    public static CoordinatedShutdown Get(ActorSystem sys) => sys.WithExtension<CoordinatedShutdown, CoordinatedShutdownExtension>();

    /// <summary>Adds a task to a phase. Tasks of a phase run side by side.</summary>
    /// <exception cref="Configuration.ConfigurationException">There is no such phase.</exception>
    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!_phases.Any(known => known.Name == phase))
            throw new Configuration.ConfigurationException($"Unknown phase [{phase}], known phases [{string.Join(',', _phases.Select(known => known.Name))}]. All phases (along with their optional dependencies) must be defined in configuration.");
        lock (_lock)
        {
            if (!_tasks.TryGetValue(phase, out List<(string, Func<Task<Done>>)>? tasks))
                _tasks.Add(phase, tasks = []);
            tasks.Add((taskName, task));
        }
    }

    /// <summary>How long a phase may take.</summary>
    public TimeSpan Timeout(string phase) => _phases.FirstOrDefault(known => known.Name == phase)?.Timeout
        ?? throw new Configuration.ConfigurationException($"Unknown phase [{phase}]. All phases must be defined in configuration.");

    /// <summary>
    /// Runs the phases, all or from one on. Only the first call does; later ones hand out its task.
    /// </summary>
    public Task<Done> Run(Reason reason, string? fromPhase = null)
    {
        ArgumentNullException.ThrowIfNull(reason);
        var completion = new TaskCompletionSource<Done>(((ActorSystemImpl)System).Environment.CompletionOptions);
        lock (_lock)
        {
            if (_running is not null)
                return _running;
            _running = completion.Task;
            ShutdownReason = reason;
        }
        _log.Debug("Running CoordinatedShutdown with reason [{0}]", reason);
        _ = OwnContext.Run(System, () => RunPhases(fromPhase, completion));
        return completion.Task;
    }

    private async Task RunPhases(string? fromPhase, TaskCompletionSource<Done> completion)
    {
        try
        {
            foreach (ShutdownPhase phase in _phases.SkipWhile(phase => fromPhase is not null && phase.Name != fromPhase))
            {
                (string, Func<Task<Done>>)[] tasks = TasksOf(phase);
                if (!phase.IsEnabled)
                    _log.Info("Phase [{0}] disabled through configuration, skipping [{1}] tasks.", phase.Name, tasks.Length);
                else if (tasks.Length > 0)
                    await RunPhase(phase, tasks);
            }
            completion.TrySetResult(Done.Instance);
        }
        catch (Exception cause)
        {
            completion.TrySetException(cause);
        }
    }

    private async Task RunPhase(ShutdownPhase phase, (string Name, Func<Task<Done>> Run)[] tasks)
    {
        Task all = Task.WhenAll(tasks.Select(task => RunTask(phase, task.Name, task.Run)));
        TimeSpan limit = phase.Timeout;
        var system = (ActorSystemImpl)System;
        var timeUp = new TaskCompletionSource(system.Environment.CompletionOptions);
        IScheduledWork timer = system.SchedulerImpl.Schedule(limit, null, () => timeUp.TrySetResult());
        // Whichever comes first; the tasks that are late are left to themselves.
        if (await Task.WhenAny(all, timeUp.Task) == all)
        {
            timer.Cancel();
            await all;
            return;
        }
        if (!phase.Recover)
            throw new TimeoutException($"Coordinated shutdown phase [{phase.Name}] timed out after {limit}");
        _log.Warning("Coordinated shutdown phase [{0}] timed out after {1}", phase.Name, limit);
    }

    private async Task RunTask(ShutdownPhase phase, string name, Func<Task<Done>> run)
    {
        try
        {
            await run();
        }
        catch (Exception cause) when (phase.Recover)
        {
            _log.Warning(cause, "Task [{0}] failed in phase [{1}]: {2}", name, phase.Name, cause.Message);
        }
    }

    private (string, Func<Task<Done>>)[] TasksOf(ShutdownPhase phase)
    {
        lock (_lock)
            return _tasks.TryGetValue(phase.Name, out List<(string, Func<Task<Done>>)>? tasks) ? [.. tasks] : [];
    }

    /// <summary>The last phase stops the actor system, and the process if it is told to.</summary>
    internal void AddLastTask()
    {
        Settings settings = System.Settings;
        bool exits = settings.Config.GetBoolean("akka.coordinated-shutdown.exit-clr");
        if (!settings.CoordinatedShutdownTerminateActorSystem && !exits)
            return;
        AddTask(PhaseActorSystemTerminate, "terminate-system", async () =>
        {
            if (settings.CoordinatedShutdownTerminateActorSystem)
            {
                ((ActorSystemImpl)System).FinalTerminate();
                await System.WhenTerminated;
            }
            if (exits)
                Environment.Exit(ShutdownReason?.ExitCode ?? 0);
            return Done.Instance;
        });
    }

    /// <summary>Runs the phases when the process ends in order.</summary>
    internal void ListenForEndOfProcess()
    {
        var system = (ActorSystemImpl)System;
        if (system.Environment.IsSingleThreaded || !System.Settings.Config.GetBoolean("akka.coordinated-shutdown.run-by-clr-shutdown-hook"))
            return;
        EventHandler handler = (_, _) => Run(ClrExitReason.Instance).Wait(TotalTimeout);
        AppDomain.CurrentDomain.ProcessExit += handler;
        System.RegisterOnTermination(() => AppDomain.CurrentDomain.ProcessExit -= handler);
    }
}
