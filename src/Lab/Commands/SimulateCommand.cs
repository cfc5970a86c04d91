using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;
using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Plants;
using Actors.Lab.Runs;
using Actors.NodeShell;

namespace Actors.Lab.Commands;

/// <summary>`Lab simulate`: the nodes under seeds.</summary>
internal static class SimulateCommand
{
    private const ulong SeedsUsual = 1_000;
    private const ulong SeedsMax = long.MaxValue;
    private const double MinutesMax = 7 * 24 * 60;

    public static NodeCommand Create()
    {
        var seeds = Number("--seeds", $"Run so many seeds [{SeedsUsual}]", "N", 1UL, SeedsMax);
        var from = Number("--from", "Begin with this seed [1]", "N", 0UL, SeedsMax);
        var minutes = Number("--minutes", "Run seeds for so long", "M", 0.01, MinutesMax);
        var complete = new Option<bool>("--complete") { Description = "Also run the seeds that once failed, and fail where a fault, race or checker was never reached" };
        var seed = Number("--seed", "Run this seed only", "N", 0UL, SeedsMax);
        var trace = new Option<bool>("--trace") { Description = "With --seed: print what happens" };
        var only = new Option<string?>("--only") { Description = "With --seed: leave out all edits and faults but these", HelpName = "e1,f2" };
        var clients = Number("--clients", "With --seed: with fewer clients", "N", 1, new PlanOptions().Clients);
        var noFiles = new Option<bool>("--no-files") { Description = "With --seed: begin with empty replicas" };
        var plant = new Option<string?>("--plant") { Description = "Put a known bug into the nodes", HelpName = "NAME", Hidden = true };
        plant.AcceptOnlyFromAmong([.. PlantCatalog.All.Keys]);
        var command = new NodeCommand(
            "simulate",
            "Runs server, clients and users on one thread with virtual time, in a world that fails; many seeds side by side.\n"
            + "Ctrl-C ends it with the totals so far. Exit code: 0 when nothing was found, 1 when something was or not all was run, 2 for wrong options.",
            "Lab simulate --seeds 1000", "Lab simulate --minutes 30 --from 5000", "Lab simulate --seed 7 --trace", "Lab simulate --seeds 300 --complete")
        {
            seeds, from, minutes, complete, seed, trace, only, clients, noFiles, plant,
        };
        command.Validators.Add(result => CheckTogether(result, seed, [seeds, from, minutes, complete], [trace, only, clients, noFiles]));
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(seed) is { } one)
            {
                var plan = Cut(PlanGenerator.Generate(one), parsed.GetValue(only), parsed.GetValue(clients), parsed.GetValue(noFiles));
                return RunOne(plan, parsed.GetValue(plant), parsed.GetValue(trace), output);
            }
            var limit = parsed.GetValue(minutes);
            using var signals = new StopSignals();
            return new SweepCommand(output, signals.Requested, parsed.GetValue(plant), parsed.GetValue(complete))
            {
                From = parsed.GetValue(from) ?? 1,
                Count = parsed.GetValue(seeds) ?? (limit is null ? SeedsUsual : null),
                Limit = limit is { } value ? TimeSpan.FromMinutes(value) : null,
            }.Run();
        });
        return command;
    }

    public static Func<Plant>? Find(string? plant) => plant is null ? null : PlantCatalog.All[plant];

    private static Option<T?> Number<T>(string name, string description, string helpName, T min, T max)
        where T : struct, INumber<T> => new(name)
        {
            Description = description,
            HelpName = helpName,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
                    return value;
                result.AddError($"{name} is a number from {min} to {max}, and not \"{text}\".");
                return null;
            },
        };

    private static void CheckTogether(CommandResult result, Option seed, Option[] ofMany, Option[] ofOne)
    {
        var isOne = IsGiven(result, seed);
        foreach (var option in (isOne ? ofMany : ofOne).Where(option => IsGiven(result, option)))
            result.AddError(isOne ? $"{option.Name} is about many seeds, and --seed runs one." : $"{option.Name} needs --seed N.");
    }

    private static bool IsGiven(CommandResult result, Option option) => result.GetResult(option) is { Implicit: false };

    private static RunPlan Cut(RunPlan plan, string? only, int? clients, bool noFiles)
    {
        if (only is not null)
        {
            var items = only.Split(',', StringSplitOptions.TrimEntries).ToHashSet();
            if (items.FirstOrDefault(item => !plan.Items.Contains(item)) is { } unknown)
                throw new UsageException($"--only names \"{unknown}\"", $"seed {plan.Seed}, which has {plan.Edits.Count} edits (e1, e2, ...) and {plan.Faults.Count} faults (f1, f2, ...)", "name some of those, with commas between them");
            plan = plan.Keep(items);
        }
        plan = plan.WithClients(clients ?? plan.Clients);
        return noFiles ? plan with { Files = [] } : plan;
    }

    private static int RunOne(RunPlan plan, string? plant, bool withTrace, TextWriter output)
    {
        var result = SeedRun.Execute(plan, NodeSettings.Load(), withTrace ? output.WriteLine : null, Find(plant)?.Invoke());
        output.Write(result.Coverage);
        output.WriteLine($"seed {plan.Seed}: trace {result.TraceHash:x16}, {result.Steps} steps, settled after {result.Settled.TotalSeconds} s");
        if (result.Finding is not { } finding)
            return ExitCodes.Success;
        output.WriteLine($"FAILED: seed {plan.Seed}, {finding}");
        return ExitCodes.Failure;
    }
}
