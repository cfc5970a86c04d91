using Actors.Bench.Report;

namespace Actors.Bench.Nodes;

internal sealed class EditToReplicas : Benchmark
{
    private const int EditCount = 200;
    private const int WarmUpEdits = 20;
    private static readonly TimeSpan MedianMax = TimeSpan.FromMilliseconds(5.5);
    private static readonly TimeSpan P99Max = TimeSpan.FromMilliseconds(20);

    public override string Name => "edit";

    public override string What => "1 KiB atomic save to present on 2 other replicas, durable";

    public override string Reference => "save + fsyncs alone";

    public override string Target => $"median {Figures.Millis(MedianMax)}, p99 {Figures.Millis(P99Max)}";

    public override TimeSpan TimeMax => TimeSpan.FromSeconds(90);

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var clock = context.Clock;
        using var cluster = context.StartCluster();
        await cluster.StartClientsAsync(3, clock);

        const string FileName = "notes.txt";
        using var second = new ReplicaProbe(Path.Combine(cluster.Replica(2), FileName), clock);
        using var third = new ReplicaProbe(Path.Combine(cluster.Replica(3), FileName), clock);
        string edited = Path.Combine(cluster.Replica(1), FileName);
        string alone = Path.Combine(Directory.CreateDirectory(Path.Combine(cluster.Root, "alone")).FullName, FileName);
        var edits = new Samples();
        var saves = new Samples();
        var before = TimeSpan.Zero;
        for (int i = 0; i < WarmUpEdits + EditCount; i++)
        {
            byte[] content = Edits.Content(i);
            var save = Time(() => DurableSave.Save(alone, content), clock);
            var edit = await Edits.SpreadAsync(edited, content, [second, third], clock);
            if (i == WarmUpEdits)
                before = cluster.ProcessorTime;
            if (i < WarmUpEdits)
                continue;
            saves.Add(save);
            edits.Add(edit);
        }
        // Of all four nodes: it tells more than the duration where others use the machine too. The first edit is not in it.
        var work = (cluster.ProcessorTime - before) / (EditCount - 1);
        return new Outcome(
            $"{Figures.Millis(saves.Median)} / {Figures.Millis(saves.P99)}",
            $"{Figures.Millis(edits.Median)} / {Figures.Millis(edits.P99)}",
            $"{Figures.Times(edits.Median / saves.Median)} / {Figures.Times(edits.P99 / saves.P99)}, cpu {Figures.Millis(work)}",
            edits.Median <= MedianMax && edits.P99 <= P99Max);
    }

    private static TimeSpan Time(Action action, TimeProvider clock)
    {
        long start = clock.GetTimestamp();
        action();
        return clock.GetElapsedTime(start);
    }
}
