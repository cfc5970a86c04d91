using Actors.Client.Caching;
using Actors.Client.Control;
using Actors.Client.Storage.Sqlite;
using Actors.Hosting;

namespace Actors.Client.Hosting;

/// <summary>A running client node: the replica's directory, its actors, its control socket; and their end in the right order.</summary>
internal sealed class ClientHost : INodeHost, IAsyncDisposable
{
    private readonly OpenReplica _replica;
    private readonly ReplicaNode _node;
    private ControlServer? _control;

    private ClientHost(OpenReplica replica, ReplicaNode node)
    {
        _replica = replica;
        _node = node;
    }

    public Task Ended => _node.Ended;

    /// <exception cref="NodeException">Why the node cannot start.</exception>
    public static async Task<ClientHost> StartAsync(ClientSettings settings, JournalSet journals)
    {
        RefuseInsideRunningReplica(settings.Directory);
        ShippedActors.Require();
        var replica = OpenReplica.Open(settings.Directory, settings.UsesPortableFiles);
        var node = new ReplicaNode(PlainLogger.Over(settings.Config), HomeOf(settings, replica, journals.Journal), settings.Connection, journals.Feed);
        var host = new ClientHost(replica, node);
        try
        {
            if (replica.IsNew)
                journals.Journal.Story($"Made the directory {replica.Directory}");
            foreach (var warning in settings.Warnings.Concat(PlaceWarnings.Of(replica.Directory, replica.Traits)))
                journals.Journal.Story(warning);
            node.Start();
            host._control = ControlServer.Start(replica.Directory, new ControlDesk(settings.Connection, settings.Directory, () => node.Connection));
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

    public async ValueTask DisposeAsync()
    {
        if (_control is not null)
            await _control.DisposeAsync();
        await _node.DisposeAsync();
        _replica.Dispose();
    }

    /// <summary>Its node would leave this directory alone from now on, and keep what it has of it: nobody means that.</summary>
    private static void RefuseInsideRunningReplica(string directory)
    {
        for (var above = Path.GetDirectoryName(directory); above is not null; above = Path.GetDirectoryName(above))
        {
            if (ControlClient.IsRunning(above))
                throw new UsageException($"the directory lies inside another replica, {above}, that a node runs", directory, "name a directory elsewhere, or end that node first");
        }
    }

    private static ReplicaHome HomeOf(ClientSettings settings, OpenReplica replica, INodeJournal journal) => new()
    {
        Files = replica.Files,
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
