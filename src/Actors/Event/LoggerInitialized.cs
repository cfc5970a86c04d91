using Actors.Runtime;

namespace Actors.Event;

/// <summary>A logger's answer to <see cref="InitializeLogger"/>. Nobody waits for it: events reach a logger in their order.</summary>
public class LoggerInitialized : INoSerializationVerificationNeeded, IDeadLetterSuppression
{
}
