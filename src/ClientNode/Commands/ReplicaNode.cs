using System.Threading.Channels;
using Actors.Client.Cache;
using Actors.Client.Connection;
using Actors.NodeShell;

namespace Actors.Client.Commands;

/// <summary>A replica's actors in their system; and a new system when that one cannot reach the server any more: a loop around one life after the other.</summary>
internal sealed class ReplicaNode : IReplicaHost, IAsyncDisposable
{
    public const string SystemName = "Client";
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1.5);

    private readonly Config _config;
    private readonly Func<string, Config, Func<ActorSystem, IActorRef>, Task<NodeLife>> _startLife;
    private readonly ReplicaHome _home;
    private readonly ConnectionSettings _settings;
    private readonly StoryFeed _story;
    private readonly StoryRelay _relay = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _recreations = Channel.CreateBounded<bool>(1);
    private readonly SemaphoreSlim _systemGate = new(1);
    private readonly Backoff _unusable;
    private bool _isUnusableTold;
    private Task _recreating = Task.CompletedTask;
    private NodeLife? _life;
    private IActorRef _stopped = ActorRefs.Nobody;
    private IDisposable? _storyReports;
    private bool _isStopping;

    /// <param name="config">Of the actor systems.</param>
    /// <param name="startLife">Makes a system with a name and a configuration, and in it the replica's actors.</param>
    /// <param name="home">What the actors work with.</param>
    /// <param name="settings">The instance is drawn for each system.</param>
    /// <param name="story">What the server is told of this node's story.</param>
    public ReplicaNode(
        Config config, Func<string, Config, Func<ActorSystem, IActorRef>, Task<NodeLife>> startLife, ReplicaHome home, ConnectionSettings settings, StoryFeed story)
    {
        _config = config;
        _startLife = startLife;
        _home = home;
        _settings = settings;
        _story = story;
        _unusable = new Backoff(settings.BackoffMax, settings.BackoffOfShortSessions, home.Entropy);
    }

    /// <summary>The actor at the top.</summary>
    public IActorRef Connection { get; private set; } = ActorRefs.Nobody;

    /// <summary>Ends when the node was stopped; faulted where it cannot go on by itself.</summary>
    public Task Ended => _ended.Task;

    /// <exception cref="ConfigurationException">The system cannot be made with this configuration.</exception>
    public async Task StartAsync()
    {
        await StartLifeAsync();
        _storyReports = _story.Subscribe(line => _relay.Narrate(line));
        _recreating = RecreateAsync();
    }

    public async Task StopAsync()
    {
        await _systemGate.WaitAsync();
        try
        {
            _isStopping = true;
            await EndLifeAsync();
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
        _storyReports?.Dispose();
        await EndLifeAsync();
        _systemGate.Dispose();
    }

    private async Task StartLifeAsync(TimeSpan firstJoinAfter = default)
    {
        var instance = _home.Entropy.NextUInt64();
        var settings = _settings with { Instance = instance, FirstJoinAfter = firstJoinAfter };
        var life = _life = await _startLife(SystemName, ConfigOf(instance), system => StartActors(system, settings));
        _ = NoticeEndAsync(life);
    }

    private async Task EndLifeAsync()
    {
        if (_life is not { } life)
            return;
        _life = null;
        await life.EndAsync();
    }

    private IActorRef StartActors(ActorSystem system, ConnectionSettings settings)
    {
        var (home, host) = (_home, (IReplicaHost)this);
        var replica = system.ActorOf(Props.Create(() => new ConnectionActor(home, settings, host)).WithMailbox(OutsideMailbox.Path), "replica");
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseServiceStop, "replica", async () =>
        {
            if (!replica.Equals(_stopped))
                await StopReplicaAsync(replica);
            return Done.Instance;
        });
        Connection = replica;
        _relay.SendBy(replica);
        return replica;
    }

    /// <summary>
    /// The address by which the server knows this system: two machines may have the same host and port, and one node's is not
    /// to be guessed by another. No peer dials it.
    /// </summary>
    private Config ConfigOf(ulong instance)
    {
        var own = $"{_home.Entropy.NextUInt64():x16}{instance:x16}.client";
        return ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp.public-hostname = \"{own}\"").WithFallback(_config);
    }

    /// <summary>Akka.Remote ends a system that has dialled what does not answer with TLS, or with a certificate that is not trusted.</summary>
    private async Task NoticeEndAsync(NodeLife life)
    {
        await life.System.WhenTerminated;
        if (life == _life && CoordinatedShutdown.Get(life.System).ShutdownReason?.ToString()?.StartsWith("TLS", StringComparison.Ordinal) == true)
            RecreateSystem();
    }

    private void TellUnusable()
    {
        if (!_isUnusableTold)
            _home.Journal.Narrate($"What answers at {_settings.Server} cannot be used: there is no TLS with it; trying until there is. Is it a server, and do both sides have TLS, and trust each other's certificates?");
        _isUnusableTold = true;
    }

    private static Task<ConnectionActor.ReplicaStopped> StopReplicaAsync(IActorRef replica) =>
        replica.Ask<ConnectionActor.ReplicaStopped>(ConnectionActor.StopReplica.Instance, StopPatience);

    private async Task RecreateAsync()
    {
        // Not as an asynchronous sequence: that would leave the thread which the node runs on.
        while (await _recreations.Reader.WaitToReadAsync())
        {
            _recreations.Reader.TryRead(out _);
            await _systemGate.WaitAsync();
            try
            {
                if (_isStopping || _life is not { } old)
                    continue;
                if (old.System.WhenTerminated.IsCompleted)
                {
                    TellUnusable();
                    await EndLifeAsync();
                    await StartLifeAsync(_unusable.Next());
                    continue;
                }
                await StopReplicaAsync(Connection);
                _stopped = Connection;
                await EndLifeAsync();
                await StartLifeAsync();
            }
            catch (AskTimeoutException e)
            {
                End(new FailureException("the replica's actors did not end in time", "the replica", "start the node again", e));
            }
            catch (Exception e)
            {
                End(e as NodeException ?? new FailureException($"a new actor system cannot be made: {e.Message}", "the node's configuration", "start the node again", e));
            }
            finally
            {
                _systemGate.Release();
            }
        }
    }
}
