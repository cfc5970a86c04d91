namespace Actors.Bench.Remoting;

/// <summary>Actor systems of the remoting figures: defaults, but for a free port and quiet logs.</summary>
internal static class BenchSystem
{
    public static ActorSystem Create(string name) => ActorSystem.Create(name, ConfigurationFactory.ParseString(
        $$"""
        akka {
          loglevel = WARNING
          stdout-loglevel = WARNING
          actor.provider = remote
          remote.dot-netty.tcp {
            hostname = 127.0.0.1
            port = 0
          }
        }
        actors.remote.bulk-recipients = ["/user/{{SinkActor.BulkName}}"]
        """));

    public static int PortOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress.Port!.Value;
}
