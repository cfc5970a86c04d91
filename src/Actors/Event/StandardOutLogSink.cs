namespace Actors.Event;

/// <summary>Writes log events to standard output, one after the other.</summary>
public sealed class StandardOutLogSink : ILogSink
{
    /// <summary>The only instance.</summary>
    public static readonly StandardOutLogSink Instance = new();

    private StandardOutLogSink() { }

    /// <inheritdoc/>
    public void Write(LogEvent logEvent) => Console.Out.WriteLine(logEvent);
}
