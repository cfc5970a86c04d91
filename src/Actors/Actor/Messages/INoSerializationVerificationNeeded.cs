namespace Actors.Runtime;

/// <summary>Marks messages that never leave their process.</summary>
public interface INoSerializationVerificationNeeded;
