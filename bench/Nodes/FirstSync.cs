using Actors.Bench.Report;

namespace Actors.Bench.Nodes;

internal sealed class FirstSync : Benchmark
{
    private static readonly TimeSpan SyncMax = TimeSpan.FromSeconds(3.5);

    public override string Name => "first-sync";

    public override string What => "10,000 files x 4 KiB to an empty replica";

    public override string Reference => "cp -a, then sync -f";

    public override string Target => $"at most {SyncMax.TotalSeconds:0.0} s";

    public override TimeSpan TimeMax => TimeSpan.FromSeconds(120);

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var clock = context.Clock;
        using var cluster = context.StartCluster();
        string source = Path.Combine(cluster.Root, "source");
        ManyFiles.Write(source);

        long start = clock.GetTimestamp();
        string copy = Path.Combine(cluster.Root, "copy");
        await Command.RunAsync("cp", "-a", source, copy);
        await Command.RunAsync("sync", "-f", copy);
        var copied = clock.GetElapsedTime(start);

        await Command.RunAsync("cp", "-a", source + "/.", cluster.Replica(1));
        cluster.StartClient(1);
        await cluster.SyncAsync(1, TimeSpan.FromSeconds(60), clock);

        start = clock.GetTimestamp();
        cluster.StartClient(2);
        await cluster.SyncAsync(2, TimeSpan.FromSeconds(60), clock);
        var synced = clock.GetElapsedTime(start);

        int arrived = ManyFiles.CountIn(cluster.Replica(2));
        return arrived == ManyFiles.Count
            ? new Outcome($"{copied.TotalSeconds:0.0} s", $"{synced.TotalSeconds:0.0} s", Figures.Times(synced / copied), synced <= SyncMax)
            : Outcome.Failed($"{arrived} of {ManyFiles.Count} files arrived");
    }
}
