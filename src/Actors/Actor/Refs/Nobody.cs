namespace Actors.Runtime;

/// <summary>The ref that leads nowhere.</summary>
public sealed class Nobody : MinimalActorRef
{
    /// <summary>The only instance.</summary>
    public static readonly Nobody Instance = new();

    private Nobody() { }

    /// <inheritdoc/>
    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems) / "Nobody";

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: nobody belongs to no system.</exception>
    public override IActorRefProvider Provider => throw new NotSupportedException("Nobody does not provide");
}
