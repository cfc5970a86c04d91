using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Plants;
using Actors.Lab.Runs;

namespace Actors.Lab.Tests.Runs;

public sealed class ShrinkerTests
{
    [Fact]
    public void A_failing_plan_is_shrunk_to_what_its_failure_needs()
    {
        var settings = NodeSettings.Load();
        var plant = PlantCatalog.All["no-version-check"];
        var (plan, failure) = Failing(settings, plant);
        var runs = 0;
        var (small, again) = Shrinker.Shrink(plan, failure, settings, plant, _ => ++runs <= 40);
        Assert.Equal(failure.Finding!.Checker, again.Finding!.Checker);
        Assert.True(small.Items.Count < plan.Items.Count / 2, $"{small.Items.Count} of {plan.Items.Count} are left");
        Assert.Equal(again.TraceHash, SeedRun.Execute(small, settings, plant: plant()).TraceHash);
    }

    private static (RunPlan Plan, RunResult Failure) Failing(NodeSettings settings, Func<Plant> plant)
    {
        for (var seed = 1UL; seed < 200; seed++)
        {
            var plan = PlanGenerator.Generate(seed, new PlanOptions { Duration = TimeSpan.FromSeconds(30), Edits = 40 });
            if (SeedRun.Execute(plan, settings, plant: plant()) is { Finding: not null } failure)
                return (plan, failure);
        }
        throw new InvalidOperationException("no seed finds the planted bug");
    }
}
