using Actors.Bench.Report;

namespace Actors.Bench.Remoting;

internal sealed class AskBesideBlobs : Benchmark
{
    private const double RatioMax = 5;
    private const int BlobsQueued = 256;
    private const int Rounds = 3;
    private const int PerRound = 1_500;

    public override string Name => "ask-beside-blobs";

    public override string What => "Ask while 256 blobs of 64 KiB are queued, p99";

    public override string Reference => "idle Ask, p99";

    public override string Target => $"at most {RatioMax} x";

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var link = await context.LinkAsync();
        await link.WarmUpAsync(context.Clock);
        await AskBesideAsync(link, new Samples(), context.Clock);
        var idle = new Samples();
        var busy = new Samples();
        for (int round = 0; round < Rounds; round++)
        {
            await link.AskAsync(PerRound, idle, context.Clock);
            await AskBesideAsync(link, busy, context.Clock);
        }
        double ratio = busy.P99 / idle.P99;
        return new Outcome(Figures.Micros(idle.P99), Figures.Micros(busy.P99), Figures.Times(ratio), ratio <= RatioMax);
    }

    private static async Task AskBesideAsync(RemoteLink link, Samples samples, TimeProvider clock)
    {
        bool isStopped = false;
        var plan = new StreamPlan(OneWay.ContentBytes(LargeMessages.Bytes), long.MaxValue, BlobsQueued, AcknowledgeEvery: 1)
        {
            IsStopped = () => Volatile.Read(ref isStopped),
        };
        link.Start(link.BulkSink, plan);
        await link.AskAsync(PerRound / 10, new Samples(), clock);
        await link.AskAsync(PerRound, samples, clock);
        Volatile.Write(ref isStopped, true);
        await plan.Finished.Task;
    }
}
