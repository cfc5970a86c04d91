using System.Text;
using Actors.Bench.Report;

namespace Actors.Bench.Nodes;

internal sealed class EditToReplicas : Benchmark
{
    private const int Edits = 200;
    private const int WarmUpEdits = 20;
    private const int FileBytes = 1024;
    private static readonly TimeSpan MedianMax = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan P99Max = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public override string Name => "edit";

    public override string What => "1 KiB atomic save to present on 2 other replicas, durable";

    public override string Reference => "save + fsyncs alone";

    public override string Target => $"median {Figures.Millis(MedianMax)}, p99 {Figures.Millis(P99Max)}";

    public override TimeSpan TimeMax => TimeSpan.FromSeconds(90);

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var clock = context.Clock;
        using var cluster = new NodeCluster();
        for (int replica = 1; replica <= 3; replica++)
            cluster.StartClient(replica);
        for (int replica = 1; replica <= 3; replica++)
            await cluster.SyncAsync(replica, TimeSpan.FromSeconds(30), clock);

        const string FileName = "notes.txt";
        using var second = new ReplicaProbe(Path.Combine(cluster.Replica(2), FileName), clock);
        using var third = new ReplicaProbe(Path.Combine(cluster.Replica(3), FileName), clock);
        string edited = Path.Combine(cluster.Replica(1), FileName);
        string alone = Path.Combine(Directory.CreateDirectory(Path.Combine(cluster.Root, "alone")).FullName, FileName);
        var edits = new Samples();
        var saves = new Samples();
        for (int i = 0; i < WarmUpEdits + Edits; i++)
        {
            byte[] content = Content(i);
            var save = Time(() => DurableSave.Save(alone, content), clock);
            var edit = await EditAsync(edited, content, [second, third], clock);
            if (i < WarmUpEdits)
                continue;
            saves.Add(save);
            edits.Add(edit);
        }
        return new Outcome(
            $"{Figures.Millis(saves.Median)} / {Figures.Millis(saves.P99)}",
            $"{Figures.Millis(edits.Median)} / {Figures.Millis(edits.P99)}",
            $"{Figures.Times(edits.Median / saves.Median)} / {Figures.Times(edits.P99 / saves.P99)}",
            edits.Median <= MedianMax && edits.P99 <= P99Max);
    }

    /// <summary>From the moment that the save takes effect to the moment that the last of the replicas shows it.</summary>
    private static async Task<TimeSpan> EditAsync(string path, byte[] content, ReplicaProbe[] replicas, TimeProvider clock)
    {
        var seen = Task.WhenAll(Array.ConvertAll(replicas, replica => replica.Expect(content)));
        string temporary = path + ".tmp";
        await File.WriteAllBytesAsync(temporary, content);
        long start = clock.GetTimestamp();
        File.Move(temporary, path, overwrite: true);
        try
        {
            long[] times = await seen.WaitAsync(Patience);
            return clock.GetElapsedTime(start, times.Max());
        }
        catch (TimeoutException)
        {
            throw new BenchException($"an edit did not reach the other replicas within {Patience.TotalSeconds:0} s");
        }
    }

    private static TimeSpan Time(Action action, TimeProvider clock)
    {
        long start = clock.GetTimestamp();
        action();
        return clock.GetElapsedTime(start);
    }

    private static byte[] Content(int number)
    {
        byte[] content = new byte[FileBytes];
        Array.Fill(content, (byte)'.');
        Encoding.UTF8.GetBytes($"edit {number}\n", content);
        return content;
    }
}
