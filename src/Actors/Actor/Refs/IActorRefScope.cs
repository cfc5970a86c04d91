namespace Actors.Runtime;

/// <summary>Says whether a ref leads to this process.</summary>
public interface IActorRefScope
{
    /// <summary>True if the actor lives in this actor system.</summary>
    bool IsLocal { get; }
}
