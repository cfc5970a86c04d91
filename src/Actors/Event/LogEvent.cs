using System.Globalization;
using Actors.Runtime;

namespace Actors.Event;

/// <summary>One thing that was logged; published on the event stream.</summary>
public abstract class LogEvent : INoSerializationVerificationNeeded
{
    /// <summary>Creates the event; the time is set when it is published.</summary>
    protected LogEvent() => Thread = Thread.CurrentThread;

    /// <summary>The exception that was logged; may be null.</summary>
    public Exception Cause { get; protected set; } = null!;

    /// <summary>When it was published, UTC by the clock of the actor system.</summary>
    public DateTime Timestamp { get; internal set; }

    /// <summary>The thread that logged it.</summary>
    public Thread Thread { get; }

    /// <summary>Who logged it, for instance the path of an actor.</summary>
    public string LogSource { get; protected set; } = "";

    /// <summary>The class that logged it.</summary>
    public Type LogClass { get; protected set; } = typeof(object);

    /// <summary>What was logged; its text is ToString.</summary>
    public object Message { get; protected set; } = "";

    /// <summary>How much it matters.</summary>
    public abstract LogLevel LogLevel();

    /// <inheritdoc/>
    public override string ToString()
    {
        string level = LogLevel().StringFor();
        string line = string.Create(CultureInfo.InvariantCulture,
            $"[{level}][{Timestamp:yyyy-MM-dd HH:mm:ss.fff}Z][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}");
        return Cause is null ? line : $"{line}{Environment.NewLine}Cause: {Cause}";
    }
}
