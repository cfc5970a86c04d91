using System.Collections.Concurrent;

namespace Actors.Common;

/// <summary>
/// The time that an actor system's scheduler counts by. Akka.NET makes schedulers with a configuration and a log only, so a
/// time other than the machine's is registered here under an id, and the id stands in that system's configuration.
/// </summary>
public static class SchedulerTime
{
    private const string Key = "actors.scheduler-time";
    private static readonly ConcurrentDictionary<string, TimeProvider> Registered = new(StringComparer.Ordinal);

    /// <summary>The configuration of systems that count by this time until the registration is disposed.</summary>
    public static IDisposable Register(string id, TimeProvider time, out Config config)
    {
        if (!Registered.TryAdd(id, time))
            throw new ArgumentException($"'{id}' is registered already", nameof(id));
        config = ConfigurationFactory.ParseString($"{Key} = \"{id}\"");
        return new Registration(id);
    }

    /// <exception cref="ConfigurationException">The configuration names a time that is not registered.</exception>
    internal static TimeProvider Of(Config config)
    {
        var id = config.GetString(Key, "");
        if (id.Length == 0)
            return BootTimeProvider.Instance;
        return Registered.TryGetValue(id, out var time) ? time : throw new ConfigurationException($"{Key}: '{id}' is not registered");
    }

    private sealed class Registration(string id) : IDisposable
    {
        public void Dispose() => Registered.TryRemove(id, out _);
    }
}
