namespace Actors.Runtime;

/// <summary>Marks the runtime's own messages, which are handled before all ordinary ones.</summary>
public interface ISystemMessage : INoSerializationVerificationNeeded;
