using Actors.Event;
using Actors.Remote;

namespace Actors.Runtime;

/// <summary>
/// What an actor system takes from outside: time, randomness, threads and the place of its logs. The default is the
/// real world; a simulation puts its own in. One environment belongs to one system.
/// </summary>
public sealed class RuntimeEnvironment
{
    [ThreadStatic]
    private static RuntimeEnvironment? _current;

    private readonly NodeState _node;

    /// <summary>Creates the environment of the real world.</summary>
    public RuntimeEnvironment() => _node = new NodeState();

    private RuntimeEnvironment(RuntimeEnvironment node)
    {
        _node = node._node;
        Scheduler = node.Scheduler;
        Random = node.Random;
        Dispatcher = node.Dispatcher;
        LogSink = node.LogSink;
        IsSingleThreaded = node.IsSingleThreaded;
        OwnContext = node.OwnContext;
        Transport = node.Transport;
        Name = node.Name;
    }

    /// <summary>The environment of the node whose code runs on this thread, if it runs on a deterministic dispatcher.</summary>
    internal static RuntimeEnvironment? Current
    {
        get => _current;
        set => _current = value;
    }

    /// <summary>Makes the scheduler, which is the clock too.</summary>
    public Func<SchedulerBase> Scheduler { get; init; } = static () => new ThreadPoolScheduler();

    /// <summary>Where incarnations, names and system uids come from.</summary>
    public IRandomSource Random { get; init; } = SystemRandomSource.Instance;

    /// <summary>Makes dispatchers; null, or a null answer, stands for those that the configuration describes.</summary>
    public Func<DispatcherPrerequisites, MessageDispatcher?>? Dispatcher { get; init; }

    /// <summary>Where log events end up.</summary>
    public ILogSink LogSink { get; init; } = StandardOutLogSink.Instance;

    /// <summary>
    /// True if everything has to stay on the thread that runs the dispatcher: tasks that the runtime completes then run
    /// their continuations at once instead of on the thread pool, and the end of the process is not listened for.
    /// </summary>
    public bool IsSingleThreaded { get; init; }

    /// <summary>Where asynchronous code of the runtime itself continues; null for the thread pool.</summary>
    internal SynchronizationContext? OwnContext { get; init; }

    /// <summary>True after <see cref="Abandon"/>.</summary>
    public bool IsAbandoned => _node.IsAbandoned;

    /// <summary>What traces call the node.</summary>
    internal string Name { get; init; } = "";

    /// <summary>Makes the transport of remoting; null for sockets.</summary>
    internal Func<RemoteSettings, ITransport>? Transport { get; set; }

    internal TaskCreationOptions CompletionOptions =>
        IsSingleThreaded ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously;

    /// <summary>
    /// Ends the system as a crash does: no actor of it runs again, no hook is called, no timer fires, nothing is sent.
    /// </summary>
    public void Abandon() => _node.IsAbandoned = true;

    /// <summary>The environment of a further system of the same node: it is abandoned and suspended together with this one.</summary>
    internal RuntimeEnvironment Sibling() => new(this);

    /// <summary>A random incarnation: positive, 31 bits.</summary>
    internal long NextUid() => 1 + (long)(Random.NextUInt64() % int.MaxValue);

    /// <summary>From now on whatever the deterministic dispatcher should run for the node is kept back, as for a stopped process.</summary>
    internal void Suspend() => _node.Kept ??= [];

    /// <summary>Ends a suspension and hands out what was kept back, in order.</summary>
    internal IReadOnlyList<Action> Resume()
    {
        IReadOnlyList<Action> kept = _node.Kept ?? [];
        _node.Kept = null;
        return kept;
    }

    /// <summary>True if the node is suspended; the work is kept then.</summary>
    internal bool KeepBack(Action work)
    {
        _node.Kept?.Add(work);
        return _node.Kept is not null;
    }

    /// <summary>What all systems of a node share.</summary>
    private sealed class NodeState
    {
        public volatile bool IsAbandoned;

        public List<Action>? Kept { get; set; }
    }
}
