using Actors.Client.Cache;
using Actors.Client.Commands;
using Actors.Client.Storage.Sqlite;
using Actors.NodeShell;

namespace MultiNode.Tests;

/// <summary>A client node with its replica, and what its user does to the files.</summary>
internal sealed class TestClient(string directory, string settingsFile, TestServer server) : IAsyncDisposable
{
    private OpenReplica? _replica;
    private ReplicaNode? _node;

    /// <summary>Another one after the node has made itself a new one.</summary>
    public ActorSystem System => ((ActorRefWithCell)_node!.Connection).Underlying.System;

    /// <summary>What is between it and the server.</summary>
    public Link Link => new(System, RemoteAddressOf(server.System));

    public async Task StartAsync()
    {
        var settings = ClientSettings.Load(directory, settingsFile, server.Listen.ToString(), null, null);
        var replica = _replica = OpenReplica.Open(directory, isPortable: false);
        var feed = new StoryFeed();
        var home = new ReplicaHome
        {
            Files = replica.Files,
            Traits = replica.Traits,
            OpenStore = () => SqliteReplicaStore.Open(replica.StateFile),
            Machine = directory,
            Entropy = new SystemEntropy(),
            Journal = new NodeJournal(BootTimeProvider.Instance, "Client", [feed], events: null),
            Replica = settings.Replica,
            Observer = settings.Observer,
        };
        _node = new ReplicaNode(settings.Config, NodeLife.StartWithoutHost, home, settings.Connection, feed);
        await _node.StartAsync();
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    public async Task StopAsync()
    {
        if (_node is not { } node)
            return;
        await node.StopAsync();
        await node.DisposeAsync();
        _replica!.Dispose();
        _node = null;
    }

    /// <summary>As an editor does: to a name beside the file, which then takes the file's place.</summary>
    public void Saves(string file, string text)
    {
        var beside = Path.Combine(directory, ".~" + file);
        File.WriteAllText(beside, text);
        File.Move(beside, Path.Combine(directory, file), overwrite: true);
    }

    public void Deletes(string file) => File.Delete(Path.Combine(directory, file));

    /// <summary>What the user sees: each file's name and text, those that the node has put beside another's name too.</summary>
    public IReadOnlyDictionary<string, string> Files() => new DirectoryInfo(directory).EnumerateFiles()
        .Where(file => !file.Name.StartsWith(".~", StringComparison.Ordinal))
        .ToDictionary(file => file.Name, file => File.ReadAllText(file.FullName));

    public bool Has(string file, string text) => Files().GetValueOrDefault(file) == text;

    private static Address RemoteAddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;
}
