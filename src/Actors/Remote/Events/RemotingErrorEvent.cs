using Actors.Event;

namespace Actors.Remote;

/// <summary>Remoting as a whole has a problem.</summary>
public sealed class RemotingErrorEvent : RemotingLifecycleEvent
{
    /// <summary>Creates the event.</summary>
    public RemotingErrorEvent(Exception cause) => Cause = cause;

    /// <summary>What went wrong.</summary>
    public Exception Cause { get; }

    /// <inheritdoc/>
    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;

    /// <inheritdoc/>
    public override string ToString() => $"Remoting error: [{Cause.Message}] [{Cause.StackTrace}]";
}
