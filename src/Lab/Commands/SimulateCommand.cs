using System.CommandLine;
using Actors.Hosting;
using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.Runs;

namespace Actors.Lab.Commands;

/// <summary>`Lab simulate`: the nodes under seeds.</summary>
internal static class SimulateCommand
{
    public static NodeCommand Create()
    {
        var seed = new Option<ulong?>("--seed") { Description = "Run this seed only", HelpName = "N" };
        var trace = new Option<bool>("--trace") { Description = "Print what happens" };
        var command = new NodeCommand(
            "simulate", "Runs server, clients and users on one thread with virtual time, in a world that fails.", "Lab simulate --seed 7 --trace")
        {
            seed, trace,
        };
        command.SetAction(parsed =>
        {
            var number = parsed.GetValue(seed) ?? 1;
            var output = parsed.InvocationConfiguration.Output;
            var result = SeedRun.Execute(PlanGenerator.Generate(number), NodeSettings.Load(), parsed.GetValue(trace) ? output.WriteLine : null);
            output.WriteLine($"seed {number}: trace {result.TraceHash:x16}, {result.Steps} steps, settled after {result.Settled.TotalSeconds} s");
            if (result.Finding is not { } finding)
                return ExitCodes.Success;
            output.WriteLine(finding);
            return ExitCodes.Failure;
        });
        return command;
    }
}
