using Actors.Bench.Remoting;
using Actors.Bench.Sockets;

namespace Actors.Bench.Peers;

/// <summary>What the second process runs: an actor system with the answering actors, and a bare socket server; until its input ends.</summary>
internal static class PeerHost
{
    public const string AllocatedCommand = "allocated";

    public static async Task<int> RunAsync(TextReader commands, TextWriter answers)
    {
        using var sockets = SocketServer.Start();
        using var system = BenchSystem.Create("BenchPeer");
        system.ActorOf(Props.Create(() => new EchoActor()), EchoActor.Name);
        system.ActorOf(Props.Create(() => new SinkActor()), SinkActor.Name);
        system.ActorOf(Props.Create(() => new SinkActor()), SinkActor.BulkName);
        await answers.WriteLineAsync($"ready {BenchSystem.PortOf(system)} {sockets.Port}");
        await answers.FlushAsync();
        while (await commands.ReadLineAsync() is { } command)
        {
            if (command == AllocatedCommand)
                await answers.WriteLineAsync($"{GC.GetTotalAllocatedBytes(precise: true)}");
            await answers.FlushAsync();
        }
        return 0;
    }
}
