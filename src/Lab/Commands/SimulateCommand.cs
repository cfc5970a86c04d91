using System.CommandLine;
using System.Globalization;
using Actors.Hosting;
using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Plants;
using Actors.Lab.Runs;

namespace Actors.Lab.Commands;

/// <summary>`Lab simulate`: the nodes under seeds.</summary>
internal static class SimulateCommand
{
    private const int ReportsMax = 3;

    public static NodeCommand Create()
    {
        var seeds = new Option<ulong?>("--seeds") { Description = "Run so many seeds [1000]", HelpName = "N" };
        var from = new Option<ulong>("--from") { Description = "Begin with this seed [1]", HelpName = "N", DefaultValueFactory = _ => 1 };
        var minutes = new Option<double?>("--minutes") { Description = "Run seeds for so long", HelpName = "M" };
        var seed = new Option<ulong?>("--seed") { Description = "Run this seed only", HelpName = "N" };
        var trace = new Option<bool>("--trace") { Description = "With --seed: print what happens" };
        var only = new Option<string?>("--only") { Description = "With --seed: leave out all edits and faults but these", HelpName = "e1,f2" };
        var clients = new Option<int?>("--clients") { Description = "With --only: with fewer clients", HelpName = "N" };
        var noFiles = new Option<bool>("--no-files") { Description = "With --only: begin with empty replicas" };
        var complete = new Option<bool>("--complete") { Description = "Also run the seeds that once failed, and fail where a fault, race or checker was never reached" };
        var plant = new Option<string?>("--plant") { Description = "Put a known bug into the nodes", HelpName = "NAME", Hidden = true };
        plant.AcceptOnlyFromAmong([.. PlantCatalog.All.Keys]);
        var command = new NodeCommand(
            "simulate", "Runs server, clients and users on one thread with virtual time, in a world that fails.",
            "Lab simulate --seeds 1000", "Lab simulate --minutes 30", "Lab simulate --seed 7 --trace")
        {
            seeds, from, minutes, seed, trace, only, clients, noFiles, complete, plant,
        };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var planted = parsed.GetValue(plant);
            if (parsed.GetValue(seed) is { } one)
            {
                var plan = Cut(PlanGenerator.Generate(one), parsed.GetValue(only), parsed.GetValue(clients), parsed.GetValue(noFiles));
                return RunOne(plan, planted, parsed.GetValue(trace), output);
            }
            var until = parsed.GetValue(minutes);
            var count = parsed.GetValue(seeds) ?? (until is null ? 1_000 : ulong.MaxValue / 2);
            var isComplete = parsed.GetValue(complete);
            return RunMany([.. isComplete ? OnceFailing.Seeds : []], Range(parsed.GetValue(from), count), until, isComplete, planted, output);
        });
        return command;
    }

    private static Plan Cut(Plan plan, string? only, int? clients, bool noFiles)
    {
        if (only is not null)
            plan = plan.Keep(only.Split(',', StringSplitOptions.TrimEntries).ToHashSet());
        return plan with
        {
            Clients = clients ?? plan.Clients,
            Files = [.. plan.Files.Where(file => !noFiles && file.Client <= (clients ?? plan.Clients))],
        };
    }

    private static Func<Plant>? Find(string? plant) => plant is null ? null : PlantCatalog.All[plant];

    private static int RunOne(Plan plan, string? plant, bool withTrace, TextWriter output)
    {
        var result = SeedRun.Execute(plan, NodeSettings.Load(), withTrace ? output.WriteLine : null, Find(plant)?.Invoke());
        output.Write(result.Coverage);
        output.WriteLine($"seed {plan.Seed}: trace {result.TraceHash:x16}, {result.Steps} steps, settled after {result.Settled.TotalSeconds} s");
        if (result.Finding is not { } finding)
            return ExitCodes.Success;
        output.WriteLine($"FAILED: seed {plan.Seed}, {finding}");
        return ExitCodes.Failure;
    }

    private static int RunMany(
        IReadOnlyList<ulong> first, IEnumerable<ulong> seeds, double? minutes, bool isComplete, string? plant, TextWriter output)
    {
        var clock = new SystemNodeClock();
        var begun = clock.MonotonicNanoseconds;
        var settings = NodeSettings.Load();
        var told = 0.0;
        double Seconds() => (clock.MonotonicNanoseconds - begun) / 1e9;
        void Tell(SeedSweep all, ulong seed, RunResult result)
        {
            if (result.Finding is { } finding)
                output.WriteLine($"seed {seed}: {finding}");
            if (Seconds() < told + 10)
                return;
            told = Seconds();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Runs} seeds, {all.Failed.Count} failed, {told:F0} s"));
        }
        // What a planted bug is for is found with the first.
        var sweep = SeedSweep.Execute(
            first.Concat(seeds.Except(first)), settings, new PlanOptions(), Find(plant), Environment.ProcessorCount,
            all => Seconds() > minutes * 60 || (plant is not null && all.Failed.Count > 0), Tell);
        output.Write(sweep.Coverage);
        var open = isComplete && plant is null ? sweep.Failed.Where(IsOpen).ToList() : [];
        foreach (var (seed, failure) in sweep.Failed.Except(open).Take(ReportsMax))
        {
            var plan = PlanGenerator.Generate(seed);
            var (small, smallFailure) = Shrinker.Shrink(plan, failure, settings, Find(plant));
            output.Write(FailureReport.Of(plan, failure, small, smallFailure, plant));
        }
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sweep.Runs} seeds, {sweep.Failed.Count} failed, {Seconds():F1} s, {1_000 * Seconds() / Math.Max(1, sweep.Runs):F0} ms a seed, {sweep.Steps / Math.Max(1, sweep.Runs)} steps a seed"));
        var missing = isComplete ? sweep.Coverage.Missing(Reach.Wanted) : [];
        foreach (var what in missing)
            output.WriteLine($"NEVER REACHED: {what}");
        foreach (var (seed, failure) in open)
            output.WriteLine($"KNOWN AND OPEN: seed {seed}, {failure.Finding}");
        return sweep.Failed.Count - open.Count + missing.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    /// <summary>Only by the checker that it is known for.</summary>
    private static bool IsOpen(KeyValuePair<ulong, RunResult> failed) =>
        OnceFailing.Open.TryGetValue(failed.Key, out var checker) && failed.Value.Finding?.Checker == checker;


    private static IEnumerable<ulong> Range(ulong from, ulong count)
    {
        for (var seed = from; seed - from < count; seed++)
            yield return seed;
    }
}
