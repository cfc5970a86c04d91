using Actors.Bench.Report;

namespace Actors.Bench.Nodes;

internal sealed class BurstOfEdits : Benchmark
{
    private const int EditCount = 200;
    private const int Rounds = 15;
    private static readonly TimeSpan Max = TimeSpan.FromMilliseconds(10);

    public override string Name => "burst";

    public override string What => "200 saves of one file, from the last to all 3 replicas equal";

    public override string Reference => "one edit";

    public override string Target => $"median {Figures.Millis(Max)}";

    public override TimeSpan TimeMax => TimeSpan.FromSeconds(60);

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var clock = context.Clock;
        using var cluster = context.StartCluster();
        await cluster.StartClientsAsync(3, clock);

        const string FileName = "notes.txt";
        using var second = new ReplicaProbe(Path.Combine(cluster.Replica(2), FileName), clock);
        using var third = new ReplicaProbe(Path.Combine(cluster.Replica(3), FileName), clock);
        ReplicaProbe[] others = [second, third];
        string edited = Path.Combine(cluster.Replica(1), FileName);
        var singles = new Samples();
        var bursts = new Samples();
        int number = 0;
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 1; i < EditCount; i++)
                Edits.Save(edited, Edits.Content(number++), clock);
            bursts.Add(await Edits.SpreadAsync(edited, Edits.Content(number++), others, clock));
            for (int i = 0; i < 3; i++)
                singles.Add(await Edits.SpreadAsync(edited, Edits.Content(number++), others, clock));
        }
        return new Outcome(Figures.Millis(singles.Median), Figures.Millis(bursts.Median), Figures.Times(bursts.Median / singles.Median), bursts.Median <= Max);
    }
}
