namespace Actors.Runtime;

/// <summary>
/// An actor whose messages are logged at the level debug, with whether a handler took them, if <c>akka.actor.debug.receive</c> is on.
/// </summary>
public interface ILogReceive;
