namespace Actors.Event;

/// <summary>
/// The channel of an actor system on which everything of general interest is published: dead letters, unhandled
/// messages, log events, the life of remote associations. Actors subscribe by type; who stops is unsubscribed.
/// </summary>
public class EventStream : LoggingBus
{
    /// <summary>Creates a stream; <paramref name="debug"/> is accepted for compatibility.</summary>
    public EventStream(bool debug) => IsDebug = debug;

    internal bool IsDebug { get; }
}
