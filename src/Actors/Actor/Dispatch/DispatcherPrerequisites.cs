using Actors.Configuration;

namespace Actors.Runtime;

/// <summary>What a dispatcher is made from.</summary>
/// <param name="Id">The configuration path.</param>
/// <param name="Config">The section at that path.</param>
/// <param name="Type">The kind: <c>Dispatcher</c>, <c>PinnedDispatcher</c>, or what the section says.</param>
/// <param name="Throughput">How many messages an actor handles before others get their turn.</param>
public sealed record DispatcherPrerequisites(string Id, Config Config, string Type, int Throughput);
