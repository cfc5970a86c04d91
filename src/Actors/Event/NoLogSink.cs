namespace Actors.Event;

/// <summary>Writes nothing.</summary>
public sealed class NoLogSink : ILogSink
{
    /// <summary>The only instance.</summary>
    public static readonly NoLogSink Instance = new();

    private NoLogSink() { }

    /// <inheritdoc/>
    public void Write(LogEvent logEvent) { }
}
