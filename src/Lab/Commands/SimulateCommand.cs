using System.CommandLine;
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
        var seed = new Option<ulong?>("--seed") { Description = "Run this seed only", HelpName = "N" };
        var trace = new Option<bool>("--trace") { Description = "Print what happens" };
        var plant = new Option<string?>("--plant") { Description = "Put a known bug into the nodes", HelpName = "NAME", Hidden = true };
        plant.AcceptOnlyFromAmong([.. PlantCatalog.All.Keys]);
        var command = new NodeCommand(
            "simulate", "Runs server, clients and users on one thread with virtual time, in a world that fails.", "Lab simulate --seed 7 --trace")
        {
            seed, trace, plant,
        };
        command.SetAction(parsed =>
        {
            var number = parsed.GetValue(seed) ?? 1;
            var output = parsed.InvocationConfiguration.Output;
            var planted = parsed.GetValue(plant) is { } name ? PlantCatalog.All[name]() : null;
            var result = SeedRun.Execute(PlanGenerator.Generate(number), NodeSettings.Load(), parsed.GetValue(trace) ? output.WriteLine : null, planted);
            output.WriteLine($"seed {number}: trace {result.TraceHash:x16}, {result.Steps} steps, settled after {result.Settled.TotalSeconds} s");
            if (result.Finding is not { } finding)
                return ExitCodes.Success;
            output.WriteLine(finding);
            return ExitCodes.Failure;
        });
        return command;
    }
}
