using Actors.Bench.Report;
using Actors.Bench.Sockets;

namespace Actors.Bench.Remoting;

internal sealed class AskLatency : Benchmark
{
    private const double RatioMax = 1.5;
    private const int MessageBytes = 64;
    private const int Rounds = 5;
    private const int PerRound = 2_000;

    public override string Name => "ask";

    public override string What => "sequential remote Ask, small message, two processes, median";

    public override string Reference => "socket ping-pong";

    public override string Target => $"at most {RatioMax} x";

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        var link = await context.LinkAsync();
        using var socket = SocketLink.Connect((await context.PeerAsync()).SocketPort, MessageBytes, acknowledgeEvery: 0);
        await link.WarmUpAsync(context.Clock);
        PingPong(socket, new Samples(), context.Clock);
        var asks = new Samples();
        var pings = new Samples();
        // Turns of each, so that a busy moment of the machine meets both.
        for (int round = 0; round < Rounds; round++)
        {
            PingPong(socket, pings, context.Clock);
            await link.AskAsync(PerRound, asks, context.Clock);
        }
        double ratio = asks.Median / pings.Median;
        return new Outcome(Figures.Micros(pings.Median), Figures.Micros(asks.Median), Figures.Times(ratio), ratio <= RatioMax);
    }

    private static void PingPong(SocketLink socket, Samples samples, TimeProvider clock)
    {
        byte[] message = new byte[MessageBytes];
        for (int i = 0; i < PerRound; i++)
        {
            long start = clock.GetTimestamp();
            socket.PingPong(message);
            samples.Add(clock.GetElapsedTime(start));
        }
    }
}
