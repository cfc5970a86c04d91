using Actors.Bench.Report;

namespace Actors.Bench.Nodes;

internal sealed class IdleMemory : Benchmark
{
    private const long BytesMax = 110_000_000;
    private static readonly TimeSpan UntilQuiet = TimeSpan.FromSeconds(10);

    public override string Name => "idle-memory";

    public override string What => "resident memory with 10,000 files: server; author; receiver";

    public override string Reference => "without files";

    public override string Target => $"{Figures.Megabytes(BytesMax)} each";

    public override TimeSpan TimeMax => TimeSpan.FromSeconds(150);

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var clock = context.Clock;
        using var full = context.StartCluster();
        await ManyFiles.SpreadAsync(full, clock);
        using var empty = context.StartCluster();
        await empty.StartClientsAsync(1, clock);
        await Task.Delay(UntilQuiet, clock);

        long[] with = [full.Server.ResidentBytes, full.Client(1).ResidentBytes, full.Client(2).ResidentBytes];
        long[] without = [empty.Server.ResidentBytes, empty.Client(1).ResidentBytes];
        return new Outcome(
            $"{Figures.Megabytes(without[0])}; {Figures.Megabytes(without[1])}",
            string.Join("; ", with.Select(Figures.Megabytes)),
            $"{Figures.Times((double)with[0] / without[0])}; {Figures.Times((double)with.Skip(1).Max() / without[1])}",
            with.All(bytes => bytes <= BytesMax));
    }
}
