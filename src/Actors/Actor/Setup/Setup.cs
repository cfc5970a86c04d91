namespace Actors.Runtime.Setup;

/// <summary>One part of what an actor system is made with beside its configuration.</summary>
public abstract class Setup
{
    /// <summary>This part together with another one; of two of a type, the other one counts.</summary>
    public ActorSystemSetup And(Setup other) => ActorSystemSetup.Create(this, other);
}
