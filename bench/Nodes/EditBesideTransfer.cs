using Actors.Bench.Report;

namespace Actors.Bench.Nodes;

/// <summary>
/// Edits in turn on the replica that sends the large file and on the one that receives it, each until the other shows it: so
/// they share both connections with its content, in both directions.
/// </summary>
internal sealed class EditBesideTransfer : Benchmark
{
    private const long FileBytes = 256L << 20;
    private const int IdleEdits = 100;
    private const double RatioMax = 3;
    private static readonly TimeSpan LongestMax = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    // Until then the large file may hold up its author's later edits, to keep their order (order-patience).
    private static readonly TimeSpan OrderPatience = TimeSpan.FromSeconds(2.5);

    public override string Name => "beside";

    public override string What => "small edit beside a transfer of 256 MiB, median / max";

    public override string Reference => "the same, idle";

    public override string Target => $"{RatioMax:0} x idle, max {Figures.Millis(LongestMax)}";

    public override TimeSpan TimeMax => TimeSpan.FromSeconds(150);

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var clock = context.Clock;
        using var cluster = context.StartCluster();
        await cluster.StartClientsAsync(2, clock);
        using var pair = new PairOfReplicas(cluster, clock);
        var idle = new Samples();
        for (int i = 0; i < IdleEdits; i++)
            idle.Add(await pair.EditAsync());

        const string FileName = "large.bin";
        string source = Path.Combine(cluster.Root, FileName);
        LargeFile.Write(source, FileBytes);
        await Command.RunAsync("sync", source);
        File.Move(source, Path.Combine(cluster.Replica(1), FileName));
        var arrives = LargeFile.ArrivesAsync(Path.Combine(cluster.Replica(2), FileName), clock);
        await Task.Delay(OrderPatience, clock);
        var beside = new Samples();
        long start = clock.GetTimestamp();
        while (!arrives.IsCompleted && clock.GetElapsedTime(start) < Watched)
        {
            beside.Add(await pair.EditAsync());
            await Task.Delay(Pause, clock);
        }
        if (beside.Count < 20)
            return Outcome.Failed($"only {beside.Count} edits beside the transfer");
        return new Outcome(
            $"{Figures.Millis(idle.Median)} / {Figures.Millis(idle.Longest)}",
            $"{Figures.Millis(beside.Median)} / {Figures.Millis(beside.Longest)}",
            $"{Figures.Times(beside.Median / idle.Median)}, {beside.Count} edits",
            beside.Median <= RatioMax * idle.Median && beside.Longest <= LongestMax);
    }

    /// <summary>Two files, each edited on one replica and looked at on the other.</summary>
    private sealed class PairOfReplicas(NodeCluster cluster, TimeProvider clock) : IDisposable
    {
        private readonly ReplicaProbe[] _probes =
        [
            new(Path.Combine(cluster.Replica(2), "by-1.txt"), clock),
            new(Path.Combine(cluster.Replica(1), "by-2.txt"), clock),
        ];

        private int _number;

        public Task<TimeSpan> EditAsync()
        {
            int author = _number++ % 2;
            string path = Path.Combine(cluster.Replica(author + 1), $"by-{author + 1}.txt");
            return Edits.SpreadAsync(path, Edits.Content(_number), [_probes[author]], clock);
        }

        public void Dispose() => Array.ForEach(_probes, probe => probe.Dispose());
    }
}
