using Akka.Dispatch;

namespace Actors.Lab.World;

/// <summary>Makes the dispatcher of a section of the configuration.</summary>
internal sealed class SimulatedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
{
    private MessageDispatcher? _dispatcher;

    public override MessageDispatcher Dispatcher() => _dispatcher ??= new SimulatedDispatcher(this);
}
