namespace Actors.Lab.Nodes;

/// <summary>Takes what a node logs.</summary>
internal sealed class NodeLog(Action<LogEvent> taker) : ILogSink
{
    public void Write(LogEvent logEvent) => taker(logEvent);
}
