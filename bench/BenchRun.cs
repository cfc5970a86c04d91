using System.Runtime;
using Actors.Bench.Nodes;
using Actors.Bench.Report;

namespace Actors.Bench;

/// <summary>Chooses benchmarks by the command line, runs each within its time and prints the table.</summary>
internal static class BenchRun
{
    private static readonly Benchmark[] All = [new EditToReplicas(), new FirstSync()];

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--help" or "-h"])
        {
            Console.Out.WriteLine(Usage());
            return 0;
        }
        var chosen = Choose(args);
        if (chosen is null)
        {
            Console.Error.WriteLine($"Unknown arguments: {string.Join(' ', args)}. Benchmarks are {string.Join(", ", All.Select(benchmark => benchmark.Name))}; see --help.");
            return 2;
        }
        // A collection in the middle of a measurement is the runtime's to pay; a blocking full one is not.
        GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency;
        var table = new BenchTable(Console.Out);
        table.Header();
        bool allMet = true;
        var context = new BenchContext();
        foreach (var benchmark in chosen)
            allMet &= table.Row(benchmark, await MeasureAsync(benchmark, context));
        table.Footer(allMet);
        return allMet ? 0 : 1;
    }

    /// <summary>The benchmarks that are asked for, or null if the arguments make no sense.</summary>
    private static List<Benchmark>? Choose(string[] args)
    {
        if (args.Length == 0)
            return [.. All];
        if (args.Length % 2 != 0)
            return null;
        var chosen = new List<Benchmark>();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (args[i] != "--only" || Array.Find(All, benchmark => benchmark.Name == args[i + 1]) is not { } benchmark)
                return null;
            chosen.Add(benchmark);
        }
        return chosen;
    }

    private static async Task<Outcome> MeasureAsync(Benchmark benchmark, BenchContext context)
    {
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
            // One figure that cannot be had does not hide the others.
            return Outcome.Failed(e is BenchException ? e.Message : $"{e.GetType().Name}: {e.Message}");
        }
    }

    private static string Usage() =>
        $"""
        Measures the nodes against references in the same run and prints a table.

        usage: dotnet run -c Release --project bench [-- --only NAME]...

        benchmarks:
        {string.Join(Environment.NewLine, All.Select(benchmark => $"  {benchmark.Name,-16} {benchmark.What}"))}

        examples:
          dotnet run -c Release --project bench
          dotnet run -c Release --project bench -- --only edit

        exit status: 0 all targets reached, 1 some missed, 2 wrong usage
        """;
}
