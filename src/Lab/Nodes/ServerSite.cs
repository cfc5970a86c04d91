using System.Diagnostics.CodeAnalysis;
using System.Text;
using Actors.Lab.World;
using Actors.Messages;
using Actors.Messages.Tree;
using Actors.NodeShell;
using Actors.Server.Commands;
using Actors.Server.Storage;

namespace Actors.Lab.Nodes;

/// <summary>A machine with the server's data and the server node.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A node ends with its process.")]
internal sealed class ServerSite : Site
{
    public const string Data = "/srv/data";
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(5);

    private readonly NodeSettings _settings;
    private readonly INodeStorage _storage;
    private ActorSystem? _system;
    private IShareStore? _store;

    public ServerSite(SimulatedWorld world, NodeSettings settings, INodeStorage storage, ISiteObserver observer)
        : base(world, "server", observer)
    {
        _settings = settings;
        _storage = storage;
        var hand = Machine.Disk.StartProcess("setup");
        hand.MakeDirectory("/srv");
        hand.MakeDirectory(Data);
        hand.SyncAll();
        hand.Kill();
    }

    /// <summary>What the store holds now; null where it is not open.</summary>
    public SortedDictionary<string, EntryState>? ReadTree()
    {
        if (!IsUp || _store is null)
            return null;
        using var reader = _store.OpenReader();
        using var snapshot = reader.Snapshot();
        var tree = new SortedDictionary<string, EntryState>(StringComparer.Ordinal);
        foreach (var entry in snapshot.EntriesAfter(snapshot.Shares()[0].Id, 0, RelativePath.Root))
        {
            if (!entry.State.IsAbsent)
                tree.Add(Encoding.UTF8.GetString(entry.Path.Bytes), entry.State);
        }
        return tree;
    }

    /// <summary>Looks into the store, if it is open.</summary>
    public void Look(Action<IShareSnapshot> look)
    {
        if (!IsUp || _store is null)
            return;
        using var reader = _store.OpenReader();
        using var snapshot = reader.Snapshot();
        look(snapshot);
    }

    /// <summary>What the server says of itself, as JSON; null where it does not in time.</summary>
    public Task<string?> AskStatus()
    {
        var answer = Task.FromResult<string?>(null);
        if (_system is { } system)
            Process?.Run(() => answer = AskAsync(system));
        return answer;
    }

    protected override void StartNode(MachineProcess process)
    {
        var entropy = new SeededEntropy(process.Random);
        var store = _store = _storage.OpenShareStore(this, process);
        StorePreparation.Prepare(store, _settings.Server, entropy);
        var system = _system = ActorSystem.Create(ServerHost.SystemName, _settings.Server.Config);
        var ended = new TaskCompletionSource();
        ServerActors.Start(
            system, _settings.Server, store, entropy, new SiteJournal(this, new StoryFeed(1)), null, Data, ended);
        _ = WatchAsync(ended.Task, process);
    }

    protected override async Task StopNodeAsync()
    {
        if (_system is not { } system)
            return;
        await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        await system.Terminate();
        _store?.Dispose();
    }

    protected override bool IsExpected(Exception e) => e is NodeException or StoreUnavailableException;

    private static async Task<string?> AskAsync(ActorSystem system)
    {
        try
        {
            return (await system.ActorSelection("/user/registry").Ask<ServerStatusReply>(new ServerStatusQuery(), AskPatience)).Json;
        }
        catch (AskTimeoutException)
        {
            return null;
        }
    }

    private async Task WatchAsync(Task ended, MachineProcess process)
    {
        try
        {
            await ended;
        }
        catch (NodeException e)
        {
            EndedByItself(process, e);
        }
    }
}
