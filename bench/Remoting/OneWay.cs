using Actors.Bench.Report;
using Actors.Bench.Sockets;

namespace Actors.Bench.Remoting;

/// <summary>Messages of one size in one direction, against the same bytes over a bare socket with one write per message.</summary>
internal abstract class OneWay : Benchmark
{
    private const int Rounds = 5;
    private const int AcknowledgementsPerWindow = 4;

    protected abstract int MessageBytes { get; }

    protected abstract int Window { get; }

    protected abstract long CountPerRound { get; }

    protected abstract int SocketCountPerRound { get; }

    protected abstract double RatioMin { get; }

    protected abstract string Rate(double messagesPerSecond);

    public override string Target => $"at least {RatioMin} x";

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var link = await context.LinkAsync();
        int acknowledgeEvery = Window / AcknowledgementsPerWindow;
        using var socket = SocketLink.Connect((await context.PeerAsync()).SocketPort, MessageBytes, acknowledgeEvery);
        byte[] message = new byte[MessageBytes];
        socket.Stream(message, SocketCountPerRound / 10, Window, acknowledgeEvery);
        await link.StreamAsync(link.Sink, Plan(acknowledgeEvery), context.Clock);

        var socketRates = new List<double>();
        var rates = new List<double>();
        for (int round = 0; round < Rounds; round++)
        {
            long start = context.Clock.GetTimestamp();
            socket.Stream(message, SocketCountPerRound, Window, acknowledgeEvery);
            socketRates.Add(SocketCountPerRound / context.Clock.GetElapsedTime(start).TotalSeconds);
            rates.Add(CountPerRound / (await link.StreamAsync(link.Sink, Plan(acknowledgeEvery), context.Clock)).TotalSeconds);
        }
        double socketRate = Figures.Median(socketRates), rate = Figures.Median(rates), ratio = rate / socketRate;
        return new Outcome(Rate(socketRate), Rate(rate), Figures.Times(ratio), ratio >= RatioMin);
    }

    private StreamPlan Plan(int acknowledgeEvery) => new(ContentBytes(MessageBytes), CountPerRound, Window, acknowledgeEvery);

    /// <summary>The content of a message that takes so many bytes encoded: tags and lengths of its two fields take the rest.</summary>
    public static int ContentBytes(int messageBytes) => messageBytes - (messageBytes < 16_384 ? 5 : 6);
}
