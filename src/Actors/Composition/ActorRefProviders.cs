using Actors.Configuration;
using Actors.Remote;

namespace Actors.Runtime;

/// <summary>Picks the provider that <c>akka.actor.provider</c> names.</summary>
internal static class ActorRefProviders
{
    public static IActorRefProvider Create(ActorSystemImpl system) => system.Settings.ProviderClass switch
    {
        "local" or "Akka.Actor.LocalActorRefProvider" => new LocalActorRefProvider(system),
        "remote" or "Akka.Remote.RemoteActorRefProvider, Akka.Remote" => new RemoteActorRefProvider(system),
        var other => throw new ConfigurationException($"akka.actor.provider is {other}; known are local and remote."),
    };

    public static void Init(ActorSystemImpl system)
    {
        switch (system.Provider)
        {
            case LocalActorRefProvider local:
                local.Init();
                break;
            case RemoteActorRefProvider remote:
                remote.Init();
                break;
        }
    }
}
