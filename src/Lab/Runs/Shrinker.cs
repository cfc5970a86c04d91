using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Plants;

namespace Actors.Lab.Runs;

/// <summary>Takes out of a failing plan whatever the failure does not need: clients, faults, edits.</summary>
internal sealed class Shrinker
{
    private readonly NodeSettings _settings;
    private readonly Func<Plant>? _plant;
    private readonly string _checker;
    private readonly Func<int, bool> _mayGoOn;
    private bool _isOver;

    private Shrinker(NodeSettings settings, Func<Plant>? plant, string checker, Func<int, bool> mayGoOn)
    {
        (_settings, _plant, _checker, _mayGoOn) = (settings, plant, checker, mayGoOn);
    }

    /// <param name="plan">It fails.</param>
    /// <param name="failure">How.</param>
    /// <param name="settings">Of the nodes.</param>
    /// <param name="plant">As in the run that failed.</param>
    /// <param name="mayGoOn">Asked before each run, with how many edits and faults are left; false: it is as small as it gets.</param>
    /// <returns>A plan that the same checker objects to, and how it does.</returns>
    public static (RunPlan Plan, RunResult Result) Shrink(RunPlan plan, RunResult failure, NodeSettings settings, Func<Plant>? plant, Func<int, bool> mayGoOn)
    {
        var shrinker = new Shrinker(settings, plant, failure.Finding!.Checker, mayGoOn);
        return shrinker.Shrink(plan, failure);
    }

    private (RunPlan Plan, RunResult Result) Shrink(RunPlan plan, RunResult result)
    {
        // What happens after the failure is not needed for it.
        var late = result.Finding!.At;
        Try(ref plan, ref result, plan.Keep(plan.Items.Where(item => TimeOf(plan, item) <= late).ToHashSet()));
        while (plan.Clients > 1 && Try(ref plan, ref result, plan.WithClients(plan.Clients - 1)))
        {
        }
        var size = Math.Max(1, plan.Items.Count / 2);
        while (!_isOver)
        {
            var isSmaller = false;
            for (var start = 0; start < plan.Items.Count && !_isOver;)
            {
                var rest = plan.Items.Where((_, i) => i < start || i >= start + size).ToHashSet();
                if (Try(ref plan, ref result, plan.Keep(rest)))
                    isSmaller = true;
                else
                    start += size;
            }
            if (size == 1 && !isSmaller)
                break;
            size = Math.Max(1, size / 2);
        }
        Try(ref plan, ref result, plan with { Files = [] });
        return (plan, result);
    }

    private static TimeSpan TimeOf(RunPlan plan, string item) =>
        plan.Edits.FirstOrDefault(edit => RunPlan.NameOf(edit) == item)?.At ?? plan.Faults.First(fault => RunPlan.NameOf(fault) == item).At;

    private bool Try(ref RunPlan plan, ref RunResult result, RunPlan smaller)
    {
        _isOver = _isOver || !_mayGoOn(plan.Items.Count);
        if (_isOver)
            return false;
        var tried = SeedRun.Execute(smaller, _settings, plant: _plant?.Invoke());
        if (tried.Finding?.Checker != _checker)
            return false;
        (plan, result) = (smaller, tried);
        return true;
    }
}
