using Actors.NodeShell;
using Actors.Server.Registry;
using Actors.Server.Storage;

namespace Actors.Server.Commands;

/// <summary>The actors of a server node: the registry, who tells when it ends, and its part in the shutdown.</summary>
internal static class ServerActors
{
    /// <param name="system">Where they live.</param>
    /// <param name="settings">The server's.</param>
    /// <param name="store">Prepared; the caller closes it after the system has ended.</param>
    /// <param name="entropy">For epochs.</param>
    /// <param name="journal">Where the server tells what it does.</param>
    /// <param name="board">Where clients' stories go; null: there is no console.</param>
    /// <param name="dataDirectory">For people.</param>
    /// <param name="ended">Faulted where the registry ends by itself.</param>
    /// <returns>The registry.</returns>
    public static IActorRef Start(
        ActorSystem system, ServerSettings settings, IShareStore store, IEntropy entropy, INodeJournal journal,
        StoryBoard? board, string dataDirectory, TaskCompletionSource ended)
    {
        var registrySettings = new RegistrySettings(store, entropy, journal)
        {
            Limits = settings.Limits,
            KeepUploads = settings.KeepUploads,
            Board = board,
            ListenAddress = AddressOf(system).ToString(),
            DataDirectory = dataDirectory,
        };
        var registry = system.ActorOf(Props.Create(() => new FileRegistryActor(registrySettings)).WithMailbox(OutsideMailbox.Path), "registry");
        system.ActorOf(Props.Create(() => new EndWatchActor(registry, ended)), "end-watch");
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "registry", async () =>
        {
            await registry.Ask<RegistryStopped>(StopRegistry.Instance, TimeSpan.FromSeconds(1.5));
            return Done.Instance;
        });
        return registry;
    }

    public static HostAddress AddressOf(ActorSystem system)
    {
        var address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
        return new HostAddress(address.Host ?? "127.0.0.1", address.Port ?? 0);
    }
}

/// <summary>A node without its registry is no node: tells the process that it ended by itself.</summary>
internal sealed class EndWatchActor : ReceiveActor
{
    public EndWatchActor(IActorRef registry, TaskCompletionSource ended)
    {
        Context.Watch(registry);
        var stopping = CoordinatedShutdown.Get(Context.System);
        Receive<Terminated>(_ =>
        {
            if (stopping.ShutdownReason is null)
                ended.TrySetException(new FailureException("the server cannot go on", "registry", "see the error that was logged before"));
        });
    }
}
