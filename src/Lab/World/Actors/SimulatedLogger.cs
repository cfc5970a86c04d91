namespace Actors.Lab.World;

/// <summary>Gives what an actor system logs to the world, at once and not as an actor.</summary>
internal sealed class SimulatedLogger : MinimalLogger
{
    private readonly ProcessEnvironment _environment = ProcessEnvironment.Required;

    protected override void Log(object message)
    {
        if (message is LogEvent logEvent && !_environment.IsAbandoned)
            _environment.Log?.Invoke(logEvent);
    }
}
