namespace Actors.Runtime;

/// <summary>Marks messages that the runtime handles on behalf of the actor.</summary>
public interface IAutoReceivedMessage;
