using Actors.Bench.Report;

namespace Actors.Bench.Nodes;

internal sealed class LargeTransfer : Benchmark
{
    private const long FileBytes = 1L << 30;
    private const long PeakBytesMax = 150_000_000;
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(18);

    public override string Name => "large";

    public override string What => "1 GiB, new on A, to B; B's peak memory";

    public override string Reference => "cp, then fsync";

    public override string Target => $"at most {Max.TotalSeconds:0} s, {Figures.Megabytes(PeakBytesMax)}";

    public override TimeSpan TimeMax => TimeSpan.FromSeconds(150);

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var clock = context.Clock;
        using var cluster = context.StartCluster();
        await cluster.StartClientsAsync(2, clock);
        const string FileName = "large.bin";
        string source = Path.Combine(cluster.Root, FileName);
        string arriving = Path.Combine(cluster.Replica(2), FileName);
        LargeFile.Write(source, FileBytes);
        await Command.RunAsync("sync", source);

        long start = clock.GetTimestamp();
        string copy = Path.Combine(cluster.Root, "copy.bin");
        await Command.RunAsync("cp", source, copy);
        await Command.RunAsync("sync", copy);
        var copied = clock.GetElapsedTime(start);
        File.Delete(copy);

        start = clock.GetTimestamp();
        File.Move(source, Path.Combine(cluster.Replica(1), FileName));
        await LargeFile.ArrivesAsync(arriving, clock);
        var moved = clock.GetElapsedTime(start);

        long peak = cluster.Client(2).PeakResidentBytes;
        return LargeFile.AreEqual(Path.Combine(cluster.Replica(1), FileName), arriving)
            ? new Outcome($"{copied.TotalSeconds:0.0} s", $"{moved.TotalSeconds:0.0} s, {Figures.Megabytes(peak)}", Figures.Times(moved / copied), moved <= Max && peak <= PeakBytesMax)
            : Outcome.Failed("what arrived is not what was sent");
    }
}
