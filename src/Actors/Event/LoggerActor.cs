using Actors.Runtime;

namespace Actors.Event;

/// <summary>Feeds the log sink of the system, so that nobody who logs waits for it.</summary>
internal sealed class LoggerActor : UntypedActor
{
    private readonly ILogSink _sink;

    public LoggerActor(RuntimeEnvironment environment) => _sink = environment.LogSink;

    protected override void OnReceive(object message)
    {
        if (message is LogEvent logEvent)
            _sink.Write(logEvent);
        else
            Unhandled(message);
    }
}
