using Actors.Bench.Peers;
using Actors.Bench.Report;
using Actors.Messages;

namespace Actors.Bench.Remoting;

/// <summary>An actor system of this process, connected to the peer's.</summary>
internal sealed class RemoteLink : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private const int WarmUpAsks = 60_000;
    private readonly ActorSystem _system;

    private RemoteLink(ActorSystem system) => _system = system;

    public required IActorRef Echo { get; init; }

    public required IActorRef Sink { get; init; }

    public required IActorRef BulkSink { get; init; }

    public static async Task<RemoteLink> ConnectAsync(ChildPeer peer)
    {
        var system = BenchSystem.Create("Bench");
        Task<IActorRef> Find(string name) =>
            system.ActorSelection($"akka.tcp://BenchPeer@127.0.0.1:{peer.ActorPort}/user/{name}").ResolveOne(Patience);
        return new RemoteLink(system)
        {
            Echo = await Find(EchoActor.Name),
            Sink = await Find(SinkActor.Name),
            BulkSink = await Find(SinkActor.BulkName),
        };
    }

    /// <summary>Asks until both processes have compiled what they run: nodes run for long, and so it is what comes after that counts.</summary>
    public Task WarmUpAsync(TimeProvider clock) => AskAsync(WarmUpAsks, new Samples(), clock);

    /// <summary>Asks one question after the other.</summary>
    public async Task AskAsync(int count, Samples samples, TimeProvider clock)
    {
        for (int i = 0; i < count; i++)
        {
            long start = clock.GetTimestamp();
            await Echo.Ask<HeadReply>(new HeadQuery { Session = 1, Request = (ulong)i }, Patience);
            samples.Add(clock.GetElapsedTime(start));
        }
    }

    /// <summary>Starts to send; the plan's task says when it is done.</summary>
    public IActorRef Start(IActorRef sink, StreamPlan plan) => _system.ActorOf(Props.Create(() => new StreamActor(sink, plan)));

    /// <summary>Sends all of a plan and returns how long that took.</summary>
    public async Task<TimeSpan> StreamAsync(IActorRef sink, StreamPlan plan, TimeProvider clock)
    {
        long start = clock.GetTimestamp();
        var sender = Start(sink, plan);
        await plan.Finished.Task;
        var elapsed = clock.GetElapsedTime(start);
        _system.Stop(sender);
        return elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await _system.Terminate();
        _system.Dispose();
    }
}
