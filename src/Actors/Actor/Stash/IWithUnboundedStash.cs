namespace Actors.Runtime;

/// <summary>An actor with a stash that no capacity limits; the runtime sets the property after the constructor.</summary>
public interface IWithUnboundedStash : IWithUnrestrictedStash;
