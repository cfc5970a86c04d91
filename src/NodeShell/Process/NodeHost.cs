using System.Reflection;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.NodeShell;

/// <summary>What the hosts of both nodes have in common.</summary>
public static class NodeHost
{
    /// <summary>A host that takes nothing from files or variables but what its node is told: hocon/, and the command line.</summary>
    /// <param name="config">The node's.</param>
    public static IHostBuilder CreateBuilder(Config config) => new HostBuilder()
        .ConfigureLogging(logging => PlainLog.AddTo(logging, config.GetString("akka.loglevel", "").Equals("DEBUG", StringComparison.OrdinalIgnoreCase)))
        .ConfigureServices(services => services
            .AddSingleton<IHostLifetime, NodeOwnsTheProcess>()
            .Configure<HostOptions>(options => options.ShutdownTimeout = NodeProcess.StopTimeout));

    /// <summary>The settings in hocon/ with what was put over them, TLS, and the log that goes to the host's.</summary>
    /// <exception cref="UsageException">A certificate is missing, or cannot be used.</exception>
    public static AkkaConfigurationBuilder WithNode(this AkkaConfigurationBuilder akka, Config config)
    {
        if (NodeTls.Setup(config) is { } tls)
            akka.AddSetup(tls);
        return akka
            .AddHocon(config, HoconAddMode.Prepend)
            .AddHocon($"akka.loggers = [\"{typeof(NodeLogger).AssemblyQualifiedName}\"]", HoconAddMode.Prepend);
    }

    // The process's signals are the node's, in all the lives of its actor system.
    private sealed class NodeOwnsTheProcess : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>One life of a node's actor system.</summary>
/// <param name="System">Running.</param>
/// <param name="EndAsync">Shuts it down in order, if it still runs, and gives back what it has.</param>
public sealed record NodeLife(ActorSystem System, Func<Task> EndAsync)
{
    /// <summary>In a system that no host has: for tests, and for the simulation.</summary>
    public static Task<NodeLife> StartWithoutHost(string name, Config config, Func<ActorSystem, IActorRef> startActors)
    {
        var system = ActorSystem.Create(name, config);
        startActors(system);
        return Task.FromResult(new NodeLife(system, () => CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance)));
    }
}

/// <summary>
/// The laboratory has an Akka.NET of its own whose calls to clocks and randomness go to a simulated world. No node that
/// runs as a process may get hold of it.
/// </summary>
public static class ShippedActors
{
    private const string Mark = "woven";

    /// <exception cref="FailureException">This process would run on what is meant for the laboratory.</exception>
    public static void Require()
    {
        foreach (var type in (Type[])[typeof(ActorSystem), typeof(RemoteActorRefProvider)])
        {
            var version = type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
            if (version?.Contains(Mark, StringComparison.Ordinal) == true)
                throw new FailureException($"{type.Assembly.GetName().Name} {version} is made for simulation", type.Assembly.Location, "start a node from its own directory, not from the laboratory's");
        }
    }
}
