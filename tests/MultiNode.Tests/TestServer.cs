using Actors.NodeShell;
using Actors.Server.Commands;
using Actors.Server.Storage.Sqlite;

namespace MultiNode.Tests;

/// <summary>The share's server, with what it remembers in a directory.</summary>
internal sealed class TestServer(string directory, string settingsFile)
{
    private SqliteShareStore? _store;

    public ActorSystem System { get; private set; } = null!;

    /// <summary>Keeps its port once it has one.</summary>
    public HostAddress Listen { get; private set; } = new("127.0.0.1", 0);

    public void Start()
    {
        var settings = ServerSettings.Load(settingsFile, Listen.ToString(), "off", directory);
        _store = SqliteShareStore.Open(Path.Combine(Directory.CreateDirectory(directory).FullName, "test.db"), settings.DatabaseCacheKiB);
        StorePreparation.Prepare(_store, settings, new SystemEntropy());
        System = ActorSystem.Create(ServerHost.SystemName, settings.Config);
        var journal = new NodeJournal(BootTimeProvider.Instance, "Server", [], events: null);
        ServerActors.Start(System, settings, _store, new SystemEntropy(), journal, null, directory, new TaskCompletionSource());
        Listen = ServerActors.AddressOf(System);
    }

    /// <summary>Gives up this incarnation of a node, as remoting does by itself when it has lost a message of the system.</summary>
    public void Quarantine(ActorSystem node)
    {
        var remoting = (IRemoteActorRefProvider)((ExtendedActorSystem)System).Provider;
        remoting.Quarantine(((ExtendedActorSystem)node).Provider.DefaultAddress, AddressUidExtension.Uid(node));
    }

    public async Task StopAsync()
    {
        await System.Terminate();
        _store?.Dispose();
    }
}
