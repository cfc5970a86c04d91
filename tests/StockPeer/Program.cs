using Akka.Actor;
using Akka.Configuration;

namespace StockPeer;

/// <summary>
/// A peer on Akka.NET as published, which knows of the project nothing but the messages: it joins a server, is served, tries
/// what it may not do, and is served again. Says what it finds, a line each. Usage: StockPeer HOST:PORT
/// </summary>
internal static class Program
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly Config Settings = ConfigurationFactory.ParseString("""
        akka {
          loglevel = WARNING
          actor {
            provider = remote
            serializers.messages = "Actors.Messages.MessageSerializer, Messages"
            serialization-bindings { "Google.Protobuf.IMessage, Google.Protobuf" = messages }
          }
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        }
        """);

    public static async Task<int> Main(string[] args)
    {
        using var system = ActorSystem.Create("Stock", Settings);
        var server = Address.Parse($"akka.tcp://Server@{args[0]}");
        var peer = system.ActorOf(Props.Create(() => new PeerActor(server)), "peer");
        var said = await peer.Ask<IReadOnlyList<string>>(PeerActor.Go.Instance, Patience);
        foreach (var line in said)
            await Console.Out.WriteLineAsync(line);
        await system.Terminate();
        return 0;
    }
}
