using Actors.Client.Cache;
using Actors.Client.Connection;
using Actors.Client.FileSystem;
using Actors.Client.Storage.Sqlite;
using Actors.NodeShell;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Client.Commands;

/// <summary>A running client node: the replica's directory, its actors, its control socket; and their end in the right order.</summary>
internal sealed class ClientHost : INodeHost, IAsyncDisposable
{
    // Far longer than a disk takes, and short enough to be reported to a person who asks for the status.
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(2);

    private readonly OpenReplica _replica;
    private readonly ReplicaNode _node;
    private readonly DiskCalls _calls;
    private ControlServer? _control;

    private ClientHost(OpenReplica replica, ReplicaNode node, DiskCalls calls)
    {
        _replica = replica;
        _node = node;
        _calls = calls;
    }

    public Task Ended => _node.Ended;

    public string? WhatHoldsItUp => StuckCalls() is { Count: > 0 } stuck ? stuck[0] : null;

    /// <exception cref="NodeException">Why the node cannot start.</exception>
    public static async Task<ClientHost> StartAsync(ClientSettings settings, JournalSet journals)
    {
        RefuseInsideRunningReplica(settings.Directory);
        ShippedActors.Require();
        var replica = OpenReplica.Open(settings.Directory, settings.UsesPortableFiles);
        var calls = new DiskCalls(BootTimeProvider.Instance);
        var home = HomeOf(settings, replica, new NotedFileSystem(replica.Files, calls), journals.Journal);
        var node = new ReplicaNode(settings.Config, StartLifeAsync, home, settings.Connection, journals.Feed);
        var host = new ClientHost(replica, node, calls);
        try
        {
            if (replica.IsNew)
                journals.Journal.Narrate($"Made the directory {replica.Directory}");
            foreach (var warning in settings.Warnings.Concat(PlaceWarnings.Of(replica.Directory, replica.Traits)))
                journals.Journal.Narrate(warning);
            await node.StartAsync();
            host._control = ControlServer.Start(replica.Directory, new ControlDesk(settings.Connection, settings.Directory, () => node.Connection, host.StuckCalls));
            return host;
        }
        catch (Exception e)
        {
            await host.DisposeAsync();
            if (e is ConfigurationException)
                throw new UsageException(e.Message, "--config", "compare it with the commented defaults in hocon/client.conf", e);
            throw;
        }
    }

    public Task StopAsync() => _node.StopAsync();

    /// <summary>
    /// A call to the disk that does not come back keeps its thread until the process ends, and with it the actors: then
    /// nothing is waited for, nor touched, that lies on that disk perhaps.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (StuckCalls().Count > 0)
            return;
        if (_control is not null)
            await _control.DisposeAsync();
        await _node.DisposeAsync();
        _replica.Dispose();
    }

    /// <summary>A host for one life of the actor system.</summary>
    private static async Task<NodeLife> StartLifeAsync(string name, Config config, Func<ActorSystem, IActorRef> startReplica)
    {
        var host = NodeHost.CreateBuilder(config).ConfigureServices(services => services
            .AddAkka(name, (akka, _) => akka
                .WithNode(config)
                .WithActors((system, registry) => registry.Register<ConnectionActor>(startReplica(system))))).Build();
        // Akka.Hosting would print with its stack trace what hinders it.
        var system = host.Services.GetRequiredService<ActorSystem>();
        try
        {
            await host.StartAsync();
        }
        catch (OperationCanceledException) when (system.WhenTerminated.IsCompleted)
        {
            // It has ended by itself meanwhile, which is noticed as it is later on.
        }
        return new NodeLife(system, async () =>
        {
            await host.StopAsync();
            host.Dispose();
        });
    }

    /// <summary>Its node would leave this directory alone from now on, and keep what it has of it: this is never meant.</summary>
    private static void RefuseInsideRunningReplica(string directory)
    {
        for (var above = Path.GetDirectoryName(directory); above is not null; above = Path.GetDirectoryName(above))
        {
            if (ControlClient.IsRunning(above))
                throw new UsageException($"the directory lies inside another replica, {above}, that a node runs", directory, "name a directory elsewhere, or end that node first");
        }
    }

    private IReadOnlyList<string> StuckCalls() => _calls.LongerThan(StuckAfter);

    private static ReplicaHome HomeOf(ClientSettings settings, OpenReplica replica, IFileSystem files, INodeJournal journal) => new()
    {
        Files = files,
        Traits = replica.Traits,
        OpenStore = () => SqliteReplicaStore.Open(replica.StateFile),
        Machine = MachineName.Read(),
        Entropy = new SystemEntropy(),
        Journal = journal,
        Replica = settings.Replica,
        Observer = settings.Observer,
        RescanEvery = settings.RescanEvery,
        DiskReserveBytes = settings.DiskReserveBytes,
    };
}

/// <summary>Tells this machine from others, as well as it can be told.</summary>
internal static class MachineName
{
    private const string LinuxMachineId = "/etc/machine-id";

    public static string Read()
    {
        try
        {
            if (File.Exists(LinuxMachineId) && File.ReadAllText(LinuxMachineId).Trim() is { Length: > 0 } id)
                return id;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The name of the machine must do.
        }
        return Environment.MachineName;
    }
}
