using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Plants;
using Actors.Lab.Runs;
using Xunit.Abstractions;

namespace Actors.Lab.Tests.Plants;

/// <summary>Each planted bug is found, by the checker that docs/planted-bugs.md names.</summary>
[Trait("Speed", "slow")]
public sealed class PlantedBugTests(ITestOutputHelper output)
{
    // A change of the nodes gives each seed another run, and then another seed may be the first.
    private const ulong SeedsMax = 100;

    private static readonly NodeSettings Settings = NodeSettings.Load();

    /// <summary>The plant, the checker, and the seed that is known to do.</summary>
    public static TheoryData<string, string, ulong> Known { get; } = new()
    {
        { "absence-outlives-listing", "deletion", 1 },
        { "acknowledged-before-commit", "durability", 1 },
        { "base-of-the-remote-tree", "commit", 1 },
        { "children-not-seen", "structure", 11 },
        { "conflict-copy-skipped", "writings", 1 },
        { "content-in-memory-only", "content", 1 },
        { "cursor-before-apply", "cursor", 1 },
        { "deletions-not-told", "cursor", 1 },
        { "displaced-content-dropped", "whole-files", 1 },
        { "displaced-not-flushed", "durability", 1 },
        { "done-before-agreed", "record", 1 },
        { "emptied-root-believed", "emptied", 11 },
        { "faults-taken-for-absence", "deletion", 1 },
        { "late-page-believed", "cursor", 1 },
        { "lock-ignored", "lock", 6 },
        { "lost-history-believed", "cursor", 9 },
        { "names-not-flushed", "durability", 1 },
        { "no-flush-before-rename", "durability", 1 },
        { "no-version-check", "commit", 1 },
        { "notices-dropped-after-rejoin", "convergence", 1 },
        { "notices-reversed", "order", 1 },
        { "outcomes-forgotten-at-restart", "refusal", 19 },
        { "overflow-ignored", "convergence", 9 },
        { "page-of-two-snapshots", "cursor", 1 },
        { "predecessors-forgotten", "order", 1 },
        { "push-sent-before-stored", "identity", 13 },
        { "record-lost-with-crash", "conflict", 4 },
        { "refused-versions-not-told", "useless-work", 2 },
        { "unknown-writers-ignored", "writings", 4 },
        { "writers-ignored", "writings", 57 },
        { "young-signatures-trusted", "convergence", 25 },
    };

    [Theory]
    [MemberData(nameof(Known))]
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

    [Fact]
    public void Every_planted_bug_has_a_known_seed() =>
        Assert.Equal(PlantCatalog.All.Keys, Known.Select(row => (string)((object[])row)[0]));
}
