using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Plants;
using Actors.Lab.Runs;
using Xunit;
using Xunit.Abstractions;

namespace Actors.Lab.Tests.Plants;

/// <summary>Each bug is found, by the checker that is there for it: docs/simulation.md has the table.</summary>
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    // A change of the nodes gives each seed another run: then the bug may take some more of them.
    private const ulong SeedsMax = 200;

    private static readonly NodeSettings Settings = NodeSettings.Load();

    [Theory]
    [InlineData("base-of-the-remote-tree", "commit", 1)]
    public void A_planted_bug_is_found_by_its_checker(string plant, string checker, ulong firstSeed)
    {
        for (var seed = firstSeed; seed < firstSeed + SeedsMax; seed++)
        {
            var finding = SeedRun.Execute(PlanGenerator.Generate(seed), Settings, plant: PlantCatalog.All[plant]()).Finding;
            if (finding is null)
                continue;
            output.WriteLine($"seed {seed}: {finding}");
            if (finding.Checker == checker)
                return;
        }
        Assert.Fail($"{plant} was not found by {checker} in the {SeedsMax} seeds from {firstSeed} on");
    }
}
