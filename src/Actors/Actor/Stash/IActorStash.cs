namespace Actors.Runtime;

/// <summary>An actor with a stash; the runtime sets the property after the constructor.</summary>
public interface IActorStash
{
    /// <summary>The stash of the actor.</summary>
    IStash Stash { get; set; }
}
