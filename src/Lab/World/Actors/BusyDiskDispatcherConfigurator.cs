using Akka.Dispatch;

namespace Actors.Lab.World;

/// <summary>Makes the dispatcher of actors that would have a thread each.</summary>
internal sealed class BusyDiskDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
{
    private MessageDispatcher? _dispatcher;

    public override MessageDispatcher Dispatcher() => _dispatcher ??= new BusyDiskDispatcher(this);
}
