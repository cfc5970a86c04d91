namespace Actors.Tests.Remote;

/// <summary>Actor systems with remoting on free ports of this machine.</summary>
internal static class RemoteSystems
{
    private const string Config = """
        akka.actor.provider = remote
        akka.loglevel = WARNING
        akka.log-dead-letters = off
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        """;

    public static ActorSystem Start(string name, string config = "") =>
        ActorSystem.Create(name, ConfigurationFactory.ParseString(config).WithFallback(ConfigurationFactory.ParseString(Config)));

    public static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    public static string PathOf(ActorSystem system, string path) => AddressOf(system) + path;
}
