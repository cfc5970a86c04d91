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
    public static NodeCommand Create()
    {
        var seeds = new Option<ulong?>("--seeds") { Description = "Run so many seeds, from 1 on [1000]", HelpName = "N" };
        var from = new Option<ulong>("--from") { Description = "Begin with this seed [1]", HelpName = "N", DefaultValueFactory = _ => 1 };
        var seed = new Option<ulong?>("--seed") { Description = "Run this seed only", HelpName = "N" };
        var minutes = new Option<double?>("--minutes") { Description = "Run seeds for so long", HelpName = "M" };
        var trace = new Option<bool>("--trace") { Description = "With --seed: print what happens" };
        var plant = new Option<string?>("--plant") { Description = "Put a known bug into the nodes", HelpName = "NAME", Hidden = true };
        plant.AcceptOnlyFromAmong([.. PlantCatalog.All.Keys]);
        var command = new NodeCommand(
            "simulate", "Runs server, clients and users on one thread with virtual time, in a world that fails.",
            "Lab simulate --seeds 1000", "Lab simulate --minutes 30", "Lab simulate --seed 7 --trace")
        {
            seeds, from, seed, minutes, trace, plant,
        };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var planted = parsed.GetValue(plant) is { } name ? PlantCatalog.All[name] : null;
            if (parsed.GetValue(seed) is { } one)
                return RunOne(one, planted, parsed.GetValue(trace), output);
            var until = parsed.GetValue(minutes);
            var count = parsed.GetValue(seeds) ?? (until is null ? 1_000 : ulong.MaxValue / 2);
            return RunMany(parsed.GetValue(from), count, until, planted, output);
        });
        return command;
    }

    private static int RunOne(ulong seed, Func<Plant>? plant, bool withTrace, TextWriter output)
    {
        var result = SeedRun.Execute(PlanGenerator.Generate(seed), NodeSettings.Load(), withTrace ? output.WriteLine : null, plant?.Invoke());
        output.WriteLine($"seed {seed}: trace {result.TraceHash:x16}, {result.Steps} steps, settled after {result.Settled.TotalSeconds} s");
        output.Write(result.Coverage);
        if (result.Finding is not { } finding)
            return ExitCodes.Success;
        output.WriteLine(finding);
        return ExitCodes.Failure;
    }

    private static int RunMany(ulong from, ulong count, double? minutes, Func<Plant>? plant, TextWriter output)
    {
        var clock = new SystemNodeClock();
        var begun = clock.MonotonicNanoseconds;
        double Seconds() => (clock.MonotonicNanoseconds - begun) / 1e9;
        var told = 0.0;
        void Tell(SeedSweep all, ulong seed, RunResult result)
        {
            if (result.Finding is { } finding)
                output.WriteLine($"seed {seed}: {finding}");
            if (Seconds() < told + 10)
                return;
            told = Seconds();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{all.Runs} seeds, {all.Failed.Count} failed, {told:F0} s"));
        }
        var sweep = SeedSweep.Execute(
            Range(from, count), NodeSettings.Load(), new PlanOptions(), plant, Environment.ProcessorCount, () => Seconds() > minutes * 60, Tell);
        output.Write(sweep.Coverage);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{sweep.Runs} seeds, {sweep.Failed.Count} failed, {Seconds():F1} s, {1_000 * Seconds() / sweep.Runs:F0} ms a seed, {sweep.Steps / sweep.Runs} steps a seed"));
        return sweep.Failed.Count == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static IEnumerable<ulong> Range(ulong from, ulong count)
    {
        for (var seed = from; seed - from < count; seed++)
            yield return seed;
    }
}
