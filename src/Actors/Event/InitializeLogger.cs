using Actors.Runtime;

namespace Actors.Event;

/// <summary>
/// The first message of a logger that the configuration names. The events of its level and above follow by themselves;
/// what else it wants to hear it subscribes to on the bus. It may answer <see cref="LoggerInitialized"/>.
/// </summary>
public class InitializeLogger : INoSerializationVerificationNeeded
{
    /// <summary>Creates the message.</summary>
    public InitializeLogger(LoggingBus loggingBus) => LoggingBus = loggingBus;

    /// <summary>Where events are published.</summary>
    public LoggingBus LoggingBus { get; }
}
