namespace Actors.Runtime;

/// <summary>
/// Marks messages of the runtime that enter a full mailbox all the same: an actor that lost one would wait for ever.
/// There are never more of them than the actor asked for.
/// </summary>
internal interface IUnboundedMessage;
