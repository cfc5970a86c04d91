using System.Collections.Concurrent;

namespace Actors.Lab.Hooks;

/// <summary>Counters by name.</summary>
internal static class Counters
{
    private static readonly ConcurrentDictionary<string, int> Numbers = new();

    public static int Next(string name) => Numbers.AddOrUpdate(name, 1, static (_, number) => number + 1);
}
