namespace Actors.Common;

/// <summary>One life of a node's actor system.</summary>
/// <param name="System">Running.</param>
/// <param name="EndAsync">Shuts it down in order, if it still runs, and gives back what it has.</param>
public sealed record NodeLife(ActorSystem System, Func<Task> EndAsync)
{
    /// <summary>In a system that no host has: for tests, and for the simulation.</summary>
    public static Task<NodeLife> StartWithoutHost(string name, Config config, Func<ActorSystem, IActorRef> startActors)
    {
        var system = ActorSystem.Create(name, config);
        startActors(system);
        return Task.FromResult(new NodeLife(system, () => CoordinatedShutdown.Get(system).Run(CoordinatedShutdown.ClrExitReason.Instance)));
    }
}
