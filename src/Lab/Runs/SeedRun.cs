using Actors.Hosting;
using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Plants;
using Actors.Lab.Users;
using Actors.Simulation;

namespace Actors.Lab.Runs;

/// <summary>One run of a plan, from the first start to the verdict.</summary>
internal sealed class SeedRun : ISiteObserver
{
    /// <summary>Everything has to be in order so long after the last fault.</summary>
    public static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(180);

    private const int StepsAtOneTimeMax = 500_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly Plan _plan;
    private readonly World _world;
    private readonly Findings _findings;
    private readonly Cluster _cluster;
    private readonly ConvergenceChecker _convergence;

    private SeedRun(Plan plan, NodeSettings settings, Action<string>? sink, Plant? plant)
    {
        _plan = plan;
        _world = new World(plan.Seed, new Trace(sink));
        _findings = new Findings(_world);
        // Between the nodes and whoever observes what is really on their disks.
        INodeStorage storage = plant is null ? new SiteStorage() : new PlantedStorage(new SiteStorage(), plant);
        plant?.Network(_world.Network);
        _cluster = new Cluster(_world, plan, settings, storage, this, new Writings());
        _convergence = new ConvergenceChecker(_cluster);
    }

    /// <param name="plan">What happens.</param>
    /// <param name="settings">Of the nodes.</param>
    /// <param name="sink">Takes the trace, line by line; null: nobody does.</param>
    /// <param name="plant">A bug that is to be found; null: none.</param>
    public static RunResult Execute(Plan plan, NodeSettings settings, Action<string>? sink = null, Plant? plant = null) =>
        new SeedRun(plan, settings, sink, plant).Execute();

    void ISiteObserver.Told(Site site, string line) => _world.Trace.Add(_world.Now, $"{site.Name} tells: {line}");

    void ISiteObserver.Recorded(Site site, NodeEvent e)
    {
    }

    void ISiteObserver.Logged(Site site, LogEvent logEvent)
    {
        if (logEvent.LogLevel() >= LogLevel.ErrorLevel)
            _findings.Add("errors", $"{site.Name} logs: {logEvent}");
    }

    void ISiteObserver.Starting(Site site) => _world.Trace.Add(_world.Now, $"{site.Name} starts");

    void ISiteObserver.Ended(Site site, Exception? cause) => _world.Trace.Add(_world.Now, $"{site.Name} ends: {cause?.Message ?? "killed"}");

    private RunResult Execute()
    {
        var settled = TimeSpan.Zero;
        try
        {
            _cluster.Start();
            AdvanceTo(_plan.Duration);
            settled = Settle();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _findings.Add("laboratory", e.ToString());
        }
        return new RunResult(_findings.First, _world.Trace.Hash, _world.Runtime.Dispatcher.Steps, settled);
    }

    private TimeSpan Settle()
    {
        var limit = _plan.Duration + SettleWithin;
        while (_findings.First is null)
        {
            AdvanceTo(_world.Now + LookEvery);
            if (IsSettled())
                return _world.Now - _plan.Duration;
            if (_world.Now >= limit)
                _findings.Add(ConvergenceChecker.Name, _convergence.Why);
        }
        return TimeSpan.Zero;
    }

    private bool IsSettled()
    {
        if (_cluster.Users.Any(user => user.IsBusy))
            return false;
        var held = new Dictionary<ClientSite, HashSet<string>>();
        foreach (var client in _cluster.Clients)
        {
            var asked = client.AskStatus();
            AdvanceUntil(asked);
            if (!_convergence.IsSettled(client, asked.Result))
                return false;
            held[client] = [.. asked.Result!.Report.Held.Keys.Select(path => path.ToString())];
        }
        return _convergence.TreesAreEqual(held);
    }

    private void AdvanceUntil(Task asked)
    {
        while (!asked.IsCompleted && _findings.First is null)
            _world.Runtime.Step();
    }

    /// <summary>Runs until a time, or until something is found.</summary>
    private void AdvanceTo(TimeSpan limit)
    {
        var runtime = _world.Runtime;
        var (at, steps) = (_world.Now, 0);
        while (_findings.First is null)
        {
            if (runtime.Dispatcher.Step())
            {
                if (++steps > StepsAtOneTimeMax)
                    _findings.Add("liveness", $"after {steps} steps no time has passed");
                continue;
            }
            if (runtime.Time.NextDue is not { } due || due > limit)
            {
                runtime.AdvanceTo(limit);
                return;
            }
            if (due > at)
                (at, steps) = (due, 0);
            runtime.Step();
        }
    }
}
