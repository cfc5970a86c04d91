using Actors.Bench.Report;

namespace Actors.Bench.Nodes;

internal sealed class IdleProcessor : Benchmark
{
    private const double PercentMax = 1;
    private static readonly TimeSpan UntilQuiet = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(20);

    public override string Name => "idle-cpu";

    public override string What => "processor of an idle node with 10,000 files: server; client";

    public override string Reference => "without files";

    public override string Target => $"{PercentMax:0} %; {PercentMax:0} % of a core";

    public override TimeSpan TimeMax => TimeSpan.FromSeconds(150);

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var clock = context.Clock;
        using var full = context.StartCluster();
        await ManyFiles.SpreadAsync(full, clock);
        using var empty = context.StartCluster();
        await empty.StartClientsAsync(2, clock);
        await Task.Delay(UntilQuiet, clock);

        NodeProcess[] nodes = [full.Server, full.Client(1), full.Client(2), empty.Server, empty.Client(1), empty.Client(2)];
        long start = clock.GetTimestamp();
        var before = Array.ConvertAll(nodes, node => node.ProcessorTime);
        await Task.Delay(Watched, clock);
        var elapsed = clock.GetElapsedTime(start);
        double[] percents = [.. nodes.Select((node, i) => 100 * ((node.ProcessorTime - before[i]) / elapsed))];
        var (server, client) = (percents[0], Math.Max(percents[1], percents[2]));
        var (emptyServer, emptyClient) = (percents[3], Math.Max(percents[4], percents[5]));
        return new Outcome(
            $"{emptyServer:0.0}; {emptyClient:0.0} %",
            $"{server:0.0}; {client:0.0} %",
            $"{Figures.Times(server / emptyServer)}; {Figures.Times(client / emptyClient)}",
            server <= PercentMax && client <= PercentMax);
    }
}
