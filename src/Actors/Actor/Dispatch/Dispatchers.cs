using System.Collections.Concurrent;
using Actors.Configuration;

namespace Actors.Runtime;

/// <summary>The dispatchers of a system, by their configuration paths.</summary>
public sealed class Dispatchers
{
    /// <summary>The path of the default dispatcher.</summary>
    public const string DefaultDispatcherId = "akka.actor.default-dispatcher";

    private readonly ActorSystemImpl _system;
    private readonly ConcurrentDictionary<string, MessageDispatcher> _dispatchers = new(StringComparer.Ordinal);

    internal Dispatchers(ActorSystemImpl system)
    {
        _system = system;
        DefaultGlobalDispatcher = Lookup(DefaultDispatcherId);
    }

    /// <summary>The dispatcher of actors that say nothing else.</summary>
    public MessageDispatcher DefaultGlobalDispatcher { get; }

    /// <summary>Whether there is a dispatcher at a configuration path.</summary>
    public bool HasDispatcher(string id) => _dispatchers.ContainsKey(id) || _system.Settings.Config.HasPath(id);

    /// <summary>The dispatcher at a configuration path; empty stands for the default one.</summary>
    /// <exception cref="ConfigurationException">There is none, or its type is unknown.</exception>
    public MessageDispatcher Lookup(string dispatcherId) =>
        _dispatchers.GetOrAdd(string.IsNullOrEmpty(dispatcherId) ? DefaultDispatcherId : dispatcherId, Create);

    /// <summary>Adds a dispatcher that no configuration describes, unless there is one of its path.</summary>
    internal void Register(MessageDispatcher dispatcher) => _dispatchers.TryAdd(dispatcher.Id, dispatcher);

    private MessageDispatcher Create(string id)
    {
        Config root = _system.Settings.Config;
        if (!root.HasPath(id))
            throw new ConfigurationException($"Dispatcher {id} is not configured.");
        Config config = root.GetConfig(id).WithFallback(root.GetConfig(DefaultDispatcherId));
        var wanted = new DispatcherPrerequisites(id, config, config.GetString("type", "Dispatcher"), Math.Max(1, config.GetInt("throughput", 30)));
        if (_system.Environment.Dispatcher?.Invoke(wanted) is { } given)
            return given;
        return wanted.Type switch
        {
            "Dispatcher" or "TaskDispatcher" or "ForkJoinDispatcher" or "ChannelExecutor" => new ThreadPoolDispatcher(id, wanted.Throughput),
            "PinnedDispatcher" => new PinnedDispatcher(id, wanted.Throughput),
            _ => throw new ConfigurationException($"Dispatcher {id} has the unknown type {wanted.Type}; known are Dispatcher and PinnedDispatcher."),
        };
    }
}
