using Actors.Bench.Report;

namespace Actors.Bench.Remoting;

internal sealed class AllocationPerMessage : Benchmark
{
    private const double BytesMax = 2_000;
    private const long Count = 1_024 * 256;

    public override string Name => "allocation";

    public override string What => "allocation per 1 KiB message, sender + receiver";

    public override string Reference => "the message itself";

    public override string Target => "at most 2 KB";

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var link = await context.LinkAsync();
        var peer = await context.PeerAsync();
        StreamPlan Plan() => new(OneWay.ContentBytes(SmallMessages.Bytes), Count, SmallMessages.MessagesOutstanding, SmallMessages.MessagesOutstanding / 4);
        await link.StreamAsync(link.Sink, Plan(), context.Clock);
        long before = GC.GetTotalAllocatedBytes(precise: true) + await peer.AllocatedBytesAsync();
        await link.StreamAsync(link.Sink, Plan(), context.Clock);
        long after = GC.GetTotalAllocatedBytes(precise: true) + await peer.AllocatedBytesAsync();
        double perMessage = (double)(after - before) / Count;
        return new Outcome($"{SmallMessages.Bytes} B", $"{perMessage:0} B", Figures.Times(perMessage / SmallMessages.Bytes), perMessage <= BytesMax);
    }
}
