namespace Actors.Runtime;

/// <summary>Makes the receiver fail with <see cref="ActorKilledException"/>; by default its supervisor stops it.</summary>
public sealed class Kill : IAutoReceivedMessage, IPossiblyHarmful
{
    private Kill() { }

    /// <summary>The only instance.</summary>
    public static Kill Instance { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => "<Kill>";
}
