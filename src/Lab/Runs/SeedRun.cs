using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Plants;
using Actors.Lab.World;

namespace Actors.Lab.Runs;

/// <summary>One run of a plan, from the first start to the verdict.</summary>
internal sealed class SeedRun
{
    /// <summary>Everything has to be in order so long after the last fault.</summary>
    public static readonly TimeSpan SettleWithin = TimeSpan.FromSeconds(180);

    private static readonly TimeSpan LinkedWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    private const int StepsAtOneTimeMax = 500_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly RunPlan _plan;
    private readonly SimulatedWorld _world;
    private readonly Scene _scene;

    private SeedRun(RunPlan plan, NodeSettings settings, Action<string>? sink, Plant? plant)
    {
        _plan = plan;
        _world = new SimulatedWorld(plan.Seed, new Trace(sink));
        _scene = new Scene(_world, plan, settings, plant);
    }

    private Findings Findings => _scene.Findings;
    private Cluster Cluster => _scene.Cluster;

    /// <param name="plan">What happens.</param>
    /// <param name="settings">Of the nodes.</param>
    /// <param name="sink">Takes the trace, line by line; null: the trace is not kept.</param>
    /// <param name="plant">A bug that is to be found; null: none.</param>
    public static RunResult Execute(RunPlan plan, NodeSettings settings, Action<string>? sink = null, Plant? plant = null)
    {
        RunResult? result = null;
        // A thread for each run: Akka.Remote keeps what it has resolved with the thread, and with that all of the run's world.
        var thread = new Thread(() => result = new SeedRun(plan, settings, sink, plant).Execute());
        thread.Start();
        thread.Join();
        return result!;
    }

    private RunResult Execute()
    {
        var settled = TimeSpan.Zero;
        try
        {
            Cluster.Start();
            while (_world.Now < _plan.Duration && Findings.First is null)
            {
                AdvanceTo(_world.Now + LookEvery);
                _scene.Limits.CheckWhileRunning();
            }
            _scene.EndFaults();
            settled = Settle();
            if (Findings.First is null && _scene.WriteLinked() is { Count: > 0 } written)
                CheckLinked(written);
            if (Findings.First is null)
                CheckAtEnd();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Findings.Add("laboratory", e.ToString());
        }
        return new RunResult(Findings.First, _world.Trace.Hash, _world.Runtime.Queue.Steps, settled, _scene.CountAll());
    }

    /// <summary>What was written through one name of a file is found under the others at once, and not when each file has its turn to be looked at.</summary>
    private void CheckLinked(IReadOnlyList<ClientSite> written)
    {
        AdvanceTo(_world.Now + LinkedWithin);
        foreach (var site in written)
        {
            var asked = site.AskStatus();
            AdvanceUntil(asked);
            if (_scene.Convergence.HasSeenAll(site, asked.IsCompleted ? asked.Result : null))
                _scene.LinkedFound();
            else
                Findings.Add(ConvergenceChecker.Name, $"{LinkedWithin.TotalSeconds} s after a write through one of several names {_scene.Convergence.Why}");
        }
        Settle();
    }

    private TimeSpan Settle()
    {
        var limit = _world.Now + SettleWithin;
        while (Findings.First is null)
        {
            AdvanceTo(_world.Now + LookEvery);
            if (IsSettled() && (!_scene.Limits.AnyIsLeft() || _world.Now >= limit))
                return _world.Now - _plan.Duration;
            if (_world.Now >= limit)
                Findings.Add(ConvergenceChecker.Name, _scene.Convergence.Why);
        }
        return TimeSpan.Zero;
    }

    private void CheckAtEnd()
    {
        var asked = Cluster.Server.AskStatus();
        AdvanceUntil(asked);
        _scene.Limits.CheckServer(asked.IsCompleted ? asked.Result : null);
        _scene.CheckAtEnd();
    }

    private bool IsSettled()
    {
        if (Cluster.Users.Any(user => user.IsBusy))
            return false;
        foreach (var client in Cluster.Clients)
        {
            var asked = client.AskStatus();
            AdvanceUntil(asked);
            if (Findings.First is not null || !_scene.Convergence.IsSettled(client, asked.IsCompleted ? asked.Result : null))
                return false;
        }
        return _scene.Convergence.TreesAreEqual();
    }

    private void AdvanceUntil(Task asked)
    {
        // A node that ends does not answer, and its patience ends with it.
        var limit = _world.Now + AnswerWithin;
        while (!asked.IsCompleted && Findings.First is null && _world.Now < limit)
        {
            if (_world.Runtime.Step())
                _scene.Fuse.Step();
        }
    }

    /// <summary>Runs until a time, or until something is found.</summary>
    private void AdvanceTo(TimeSpan limit)
    {
        var runtime = _world.Runtime;
        var (at, steps) = (_world.Now, 0);
        while (Findings.First is null)
        {
            if (runtime.Queue.Step())
            {
                _scene.Fuse.Step();
                if (++steps > StepsAtOneTimeMax)
                    Findings.Add("liveness", $"after {steps} steps no time has passed");
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
