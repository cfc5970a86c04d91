using Actors.Runtime;

namespace Actors.Testing;

/// <summary>An auto-pilot's answer that keeps it; no pilot itself.</summary>
public sealed class KeepRunning : AutoPilot
{
    /// <summary>The only instance.</summary>
    public static readonly KeepRunning Instance = new();

    private KeepRunning()
    {
    }

    /// <exception cref="InvalidOperationException">Always.</exception>
    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException("KeepRunning is an answer of an auto-pilot, not one to set.");
}
