using Actors.Configuration;

namespace Actors.Runtime;

/// <summary>Reads the phases and puts them in their order.</summary>
internal static class ShutdownPhases
{
    /// <summary>The phases, each after those that it depends on.</summary>
    public static IReadOnlyList<ShutdownPhase> Read(Config config)
    {
        TimeSpan defaultTimeout = config.GetTimeSpan("default-phase-timeout");
        var phases = new Dictionary<string, ShutdownPhase>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, HoconValue> entry in config.GetConfig("phases").AsEnumerable())
        {
            Config phase = entry.Value.ToConfig();
            phases.Add(entry.Key, new ShutdownPhase(
                entry.Key,
                [.. phase.GetStringList("depends-on")],
                phase.GetTimeSpan("timeout", defaultTimeout),
                phase.GetBoolean("recover", true),
                phase.GetBoolean("enabled", true)));
        }
        return InOrder(phases);
    }

    /// <exception cref="ArgumentException">The phases depend on each other in a circle.</exception>
    public static IReadOnlyList<ShutdownPhase> InOrder(IReadOnlyDictionary<string, ShutdownPhase> phases)
    {
        var ordered = new List<ShutdownPhase>(phases.Count);
        var open = new HashSet<string>(StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (string name in phases.Keys)
            Visit(name);
        return ordered;

        void Visit(string name)
        {
            if (done.Contains(name))
                return;
            if (!open.Add(name))
                throw new ArgumentException($"Cycle detected in graph of phases. It must be a DAG. Phase [{name}] depends transitively on itself.");
            if (phases.TryGetValue(name, out ShutdownPhase? phase))
            {
                foreach (string before in phase.DependsOn)
                    Visit(before);
                ordered.Add(phase);
            }
            open.Remove(name);
            done.Add(name);
        }
    }
}
