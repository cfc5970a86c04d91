namespace Actors.Runtime;

/// <summary>The context of an <see cref="UntypedActor"/>.</summary>
public interface IUntypedActorContext : IActorContext
{
    /// <summary>Replaces the behaviour in force.</summary>
    void Become(UntypedReceive receive);

    /// <summary>Puts a behaviour on top of the one in force.</summary>
    void BecomeStacked(UntypedReceive receive);
}
