using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Takes every message and does nothing.</summary>
public class BlackHoleActor : ActorBase
{
    /// <summary>How to make one.</summary>
    public static Props Props { get; } = Props.Create<BlackHoleActor>();

    /// <inheritdoc/>
    protected override bool Receive(object message) => true;
}
