using System.Threading.Channels;
using Actors.Bench.Report;

namespace Actors.Bench.Local;

internal sealed class LocalMessages : Benchmark
{
    private const double RateMin = 5e6;
    private const int InFlight = 1_000;
    private const long Count = 10_000_000;
    private const long ChannelCount = 5_000_000;
    private const int Rounds = 3;

    public override string Name => "local";

    public override string What => "local, two actors, 1,000 messages in flight";

    public override string Reference => "two tasks, two channels";

    public override string Target => "at least 5 M/s";

    public override async Task<Outcome> MeasureAsync(BenchContext context)
    {
        using var system = ActorSystem.Create("Local", "akka.loglevel = WARNING");
        var channelRates = new List<double>();
        var rates = new List<double>();
        await RunActorsAsync(system, Count / 10);
        for (int round = 0; round < Rounds; round++)
        {
            channelRates.Add(await TimeAsync(RunChannelsAsync, ChannelCount, context.Clock));
            rates.Add(await TimeAsync(count => RunActorsAsync(system, count), Count, context.Clock));
        }
        await system.Terminate();
        double channelRate = Figures.Median(channelRates), rate = Figures.Median(rates);
        return new Outcome(Figures.PerSecond(channelRate), Figures.PerSecond(rate), Figures.Times(rate / channelRate), rate >= RateMin);
    }

    private static async Task<double> TimeAsync(Func<long, Task> run, long count, TimeProvider clock)
    {
        long start = clock.GetTimestamp();
        await run(count);
        return count / clock.GetElapsedTime(start).TotalSeconds;
    }

    private static async Task RunActorsAsync(ActorSystem system, long count)
    {
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var echo = system.ActorOf(Props.Create(() => new BounceActor()));
        var first = system.ActorOf(Props.Create(() => new ServeActor(echo, count, finished)));
        for (int i = 0; i < InFlight; i++)
            first.Tell(Ball.Instance, echo);
        await finished.Task;
        system.Stop(first);
        system.Stop(echo);
    }

    private static async Task RunChannelsAsync(long count)
    {
        var there = Channel.CreateUnbounded<Ball>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        var back = Channel.CreateUnbounded<Ball>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        for (int i = 0; i < InFlight; i++)
            back.Writer.TryWrite(Ball.Instance);
        var bounce = BounceAsync(there.Reader, back.Writer, long.MaxValue);
        await BounceAsync(back.Reader, there.Writer, count / 2);
        there.Writer.Complete();
        await bounce;
    }

    private static async Task BounceAsync(ChannelReader<Ball> from, ChannelWriter<Ball> to, long count)
    {
        // Off the caller's thread: both sides run side by side.
        await Task.Yield();
        for (long received = 0; received < count && await from.WaitToReadAsync();)
            for (; received < count && from.TryRead(out var ball); received++)
                to.TryWrite(ball);
    }
}
