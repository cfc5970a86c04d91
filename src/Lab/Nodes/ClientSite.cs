using System.Diagnostics.CodeAnalysis;
using Actors.Client.Cache;
using Actors.Client.Commands;
using Actors.Client.Connection;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Lab.Plans;
using Actors.Lab.World;
using Actors.NodeShell;

namespace Actors.Lab.Nodes;

/// <summary>A machine with a replica and a client node.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A node ends with its process.")]
internal sealed class ClientSite : Site
{
    public const string Home = "/home";
    public const string Root = "/home/replica";
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(5);

    private readonly NodeSettings _settings;
    private readonly INodeStorage _storage;
    private ReplicaNode? _node;

    public ClientSite(SimulatedWorld world, string name, string machineId, NodeSettings settings, INodeStorage storage, ISiteObserver observer)
        : base(world, name, observer)
    {
        _settings = settings;
        _storage = storage;
        MachineId = machineId;
    }

    /// <summary>What the machine calls itself: a clone says what its original says.</summary>
    public string MachineId { get; }

    /// <summary>What its file system can do.</summary>
    public PlaceKind Place { get; init; }

    public IActorRef Connection => _node?.Connection ?? ActorRefs.Nobody;

    /// <summary>How the replica stands; null where the node does not say in time.</summary>
    public Task<CacheActor.StatusAnswer?> AskStatus() => Ask<CacheActor.StatusAnswer>(CacheActor.AskStatus.Instance);

    public Task<ConnectionActor.ConnectionAnswer?> AskConnection() => Ask<ConnectionActor.ConnectionAnswer>(ConnectionActor.AskConnection.Instance);

    /// <summary>The user says that an emptied replica is meant.</summary>
    public void Confirm()
    {
        if (Process is { } process)
            process.Run(() => Connection.Tell(CacheActor.ConfirmStop.Instance, ActorRefs.NoSender));
    }

    protected override void StartNode(MachineProcess process)
    {
        var feed = new StoryFeed(1);
        var files = _storage.OpenFiles(this, process);
        var replica = OpenReplica.Open(Root, files);
        var home = new ReplicaHome
        {
            Files = replica.Files,
            Traits = replica.Traits,
            OpenStore = () => _storage.OpenReplicaStore(this, process),
            Machine = MachineId,
            Entropy = new SeededEntropy(process.Random),
            Journal = new SiteJournal(this, feed),
            Replica = _settings.Client.Replica,
            Observer = _settings.Client.Observer,
            RescanEvery = _settings.Client.RescanEvery,
        };
        var node = _node = new ReplicaNode(_settings.Client.Config, NodeLife.StartWithoutHost, home, _settings.Client.Connection, feed);
        _ = RunAsync(node, process);
    }

    protected override async Task StopNodeAsync()
    {
        if (_node is not { } node)
            return;
        await node.StopAsync();
        await node.DisposeAsync();
    }

    protected override bool IsExpected(Exception e) => e is NodeException or FileFaultException or ReplicaStoreException;

    private async Task RunAsync(ReplicaNode node, MachineProcess process)
    {
        try
        {
            await node.StartAsync();
            await node.Ended;
        }
        catch (NodeException e)
        {
            EndedByItself(process, e);
        }
    }

    private Task<T?> Ask<T>(object question) where T : class
    {
        var answer = Task.FromResult<T?>(null);
        Process?.Run(() => answer = AskAsync<T>(question));
        return answer;
    }

    private async Task<T?> AskAsync<T>(object question) where T : class
    {
        try
        {
            return await Connection.Ask<T>(question, AskPatience);
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }
}
