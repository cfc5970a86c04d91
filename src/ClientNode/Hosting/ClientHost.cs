using System.Threading.Channels;
using Actors.Client.Caching;
using Actors.Client.Connecting;
using Actors.Client.Control;
using Actors.Client.Storage.Sqlite;
using Actors.Hosting;

namespace Actors.Client.Hosting;

/// <summary>A running client node: the replica, its actor system, its control socket; and a new system where the server wants one.</summary>
internal sealed class ClientHost : INodeHost, IReplicaHost, IAsyncDisposable
{
    public const string SystemName = "Client";
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1.5);

    private readonly ClientSettings _settings;
    private readonly OpenReplica _replica;
    private readonly JournalSet _journals;
    private readonly SystemEntropy _entropy = new();
    private readonly ReplicaHome _home;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _recreations = Channel.CreateBounded<bool>(1);
    private readonly Task _recreating;
    private readonly SemaphoreSlim _systemGate = new(1);
    private ActorSystem? _system;
    private IActorRef _connection = ActorRefs.Nobody;
    private IDisposable? _storyReports;
    private ControlServer? _control;
    private bool _isStopping;

    private ClientHost(ClientSettings settings, OpenReplica replica, JournalSet journals)
    {
        _settings = settings;
        _replica = replica;
        _journals = journals;
        _home = new ReplicaHome
        {
            Files = replica.Files,
            Traits = replica.Traits,
            OpenStore = () => SqliteReplicaStore.Open(replica.StateFile),
            Machine = MachineName.Read(),
            Entropy = _entropy,
            Journal = journals.Journal,
            Replica = settings.Replica,
            Observer = settings.Observer,
            RescanEvery = settings.RescanEvery,
        };
        _recreating = RecreateAsync();
    }

    public Task Ended => _ended.Task;

    /// <exception cref="NodeException">Why the node cannot start.</exception>
    public static async Task<ClientHost> StartAsync(ClientSettings settings, JournalSet journals)
    {
        var replica = OpenReplica.Open(settings.Directory);
        var host = new ClientHost(settings, replica, journals);
        try
        {
            foreach (var warning in replica.Warnings())
                journals.Journal.Story(warning);
            host.StartSystem();
            host._control = ControlServer.Start(replica.Directory, new ControlDesk(settings.Connection, settings.Directory, () => host._connection));
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async Task StopAsync()
    {
        await _systemGate.WaitAsync();
        try
        {
            _isStopping = true;
            if (_system is { } system)
                await CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance);
        }
        finally
        {
            _systemGate.Release();
        }
        _ended.TrySetResult();
    }

    public void RecreateSystem() => _recreations.Writer.TryWrite(true);

    public void End(NodeException reason) => _ended.TrySetException(reason);

    public async ValueTask DisposeAsync()
    {
        _recreations.Writer.TryComplete();
        await _recreating;
        if (_control is not null)
            await _control.DisposeAsync();
        _storyReports?.Dispose();
        if (_system is not null)
            await _system.Terminate();
        _replica.Dispose();
        _systemGate.Dispose();
    }

    private void StartSystem()
    {
        ActorSystem system;
        try
        {
            system = ActorSystem.Create(SystemName, _settings.Config);
        }
        catch (ConfigurationException e)
        {
            throw new UsageException(e.Message, "--config", "compare it with the commented defaults in hocon/client.conf", e);
        }
        var (home, connection, host) = (_home, _settings.Connection with { Instance = _entropy.NextUInt64() }, (IReplicaHost)this);
        var replica = system.ActorOf(Props.Create(() => new ConnectionActor(home, connection, host)), "replica");
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "replica", async () =>
        {
            await StopReplicaAsync(replica);
            return Done.Instance;
        });
        (_system, _connection) = (system, replica);
        _storyReports = _journals.Feed.Subscribe(line => replica.Tell(new ConnectionActor.StoryTold(line)));
    }

    private static Task<ConnectionActor.ReplicaStopped> StopReplicaAsync(IActorRef replica) =>
        replica.Ask<ConnectionActor.ReplicaStopped>(ConnectionActor.StopReplica.Instance, StopPatience);

    private async Task RecreateAsync()
    {
        await foreach (var _ in _recreations.Reader.ReadAllAsync())
        {
            await _systemGate.WaitAsync();
            try
            {
                if (_isStopping || _system is not { } old)
                    continue;
                _storyReports?.Dispose();
                await StopReplicaAsync(_connection);
                await old.Terminate();
                StartSystem();
            }
            catch (AskTimeoutException e)
            {
                End(new FailureException("the replica's actors did not end in time", _settings.Directory, "start the node again", e));
            }
            catch (NodeException e)
            {
                End(e);
            }
            finally
            {
                _systemGate.Release();
            }
        }
    }
}
