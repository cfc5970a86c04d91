namespace Actors.Lab.World;

/// <summary>One message that an actor is about to handle.</summary>
/// <param name="Actor">The path of the actor, which names its system.</param>
/// <param name="Message">The message, of Akka's own kind or not.</param>
public readonly record struct DispatchStep(ActorPath Actor, object Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Actor} {Message.GetType().Name}";
}
