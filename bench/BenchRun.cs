using System.Runtime;
using Actors.Bench.Clients;
using Actors.Bench.Micro;
using Actors.Bench.Nodes;
using Actors.Bench.Report;

namespace Actors.Bench;

/// <summary>Chooses benchmarks by the command line, runs each within its time and prints the table.</summary>
internal static class BenchRun
{
    private static readonly Benchmark[] All =
    [
        new EditToReplicas(), new BurstOfEdits(), new FirstSync(), new LargeTransfer(), new EditBesideTransfer(), new IdleProcessor(), new IdleMemory(),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--help" or "-h"])
        {
            Console.Out.WriteLine(Usage());
            return 0;
        }
        if (args is ["micro", ..])
            return MicroRun.Run(args[1..]);
        if (Arguments.Read(args, Array.ConvertAll(All, benchmark => benchmark.Name)) is not { } arguments)
        {
            Console.Error.WriteLine($"Unknown arguments: {string.Join(' ', args)}. See --help.");
            return 2;
        }
        // Short collections are part of what is measured; a blocking full one is not.
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        return arguments.Clients.Count > 0
            ? await ClientsRun.RunAsync(arguments.Clients, arguments.NodeConfig)
            : await MeasureAllAsync(Array.FindAll(All, benchmark => arguments.Only.Count == 0 || arguments.Only.Contains(benchmark.Name)), arguments.NodeConfig);
    }

    private static async Task<int> MeasureAllAsync(Benchmark[] chosen, string? nodeConfig)
    {
        var table = new BenchTable(Console.Out);
        table.Header();
        bool allMet = true;
        foreach (var benchmark in chosen)
            allMet &= table.Row(benchmark, await MeasureAsync(benchmark, nodeConfig));
        table.Footer(allMet);
        return allMet ? 0 : 1;
    }

    private static async Task<Outcome> MeasureAsync(Benchmark benchmark, string? nodeConfig)
    {
        using var context = new BenchContext(nodeConfig);
        try
        {
            return await benchmark.MeasureAsync(context).WaitAsync(benchmark.TimeMax);
        }
        catch (TimeoutException)
        {
            return Outcome.Failed($"not finished after {benchmark.TimeMax.TotalSeconds:0} s");
        }
        catch (Exception e)
        {
            // One figure that cannot be measured does not hide the others.
            return Outcome.Failed(e is BenchException ? e.Message : $"{e.GetType().Name}: {e.Message}");
        }
    }

    private static string Usage() =>
        $"""
        Measures the nodes against references in the same run and prints a table.

        usage: dotnet run -c Release --project bench [-- --only NAME]... [--config FILE]
               dotnet run -c Release --project bench -- clients COUNT... [--config FILE]
               dotnet run -c Release --project bench -- micro [OPTION OF BENCHMARKDOTNET]...

        benchmarks:
        {string.Join(Environment.NewLine, All.Select(benchmark => $"  {benchmark.Name,-16} {benchmark.What}"))}

        clients: one server with so many clients, all of them in this process, each with an actor system and a connection of its own.
        micro: what single calls cost (planner, digest, serializer), by BenchmarkDotNet; without options all of them, measured shortly.
        --config FILE: given to every node.

        examples:
          dotnet run -c Release --project bench
          dotnet run -c Release --project bench -- --only edit
          dotnet run -c Release --project bench -- clients 100 300 1000

        exit status: 0 all targets reached, 1 some missed, 2 wrong usage
        """;
}
