using Akka.Dispatch;

namespace Actors.Lab.World;

/// <summary>Makes the dispatcher of a section of the configuration.</summary>
internal sealed class SimulatedDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
{
    private MessageDispatcher? _dispatcher;

    public override MessageDispatcher Dispatcher() => _dispatcher ??= new SimulatedDispatcher(this);
}

/// <summary>Gives mailboxes to the world's queue.</summary>
internal class SimulatedDispatcher : MessageDispatcher
{
    public SimulatedDispatcher(MessageDispatcherConfigurator configurator)
        : base(configurator)
    {
        Id = configurator.Config.GetString("id");
        Throughput = 1;
        ShutdownTimeout = configurator.Config.GetTimeSpan("shutdown-timeout");
    }

    protected ProcessEnvironment Environment { get; } = ProcessEnvironment.Required;

    protected override void ExecuteTask(IRunnable run)
    {
        if (run is Mailbox { MessageQueue: SimulatedMessageQueue queue })
            Execute(queue.Number, new Task(() => Turn(run, queue)));
        else
            Environment.Runtime.Queue.Add(null, new Task(run.Run), Environment);
    }

    protected virtual void Execute(long order, Task turn) => Environment.Runtime.Queue.Add(order, turn, Environment);

    protected override void Shutdown()
    {
    }

    private static void Turn(IRunnable mailbox, SimulatedMessageQueue queue)
    {
        queue.BeginTurn();
        mailbox.Run();
    }
}

/// <summary>Makes the dispatcher of actors that would have a thread each.</summary>
internal sealed class BusyDiskDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : MessageDispatcherConfigurator(config, prerequisites)
{
    private MessageDispatcher? _dispatcher;

    public override MessageDispatcher Dispatcher() => _dispatcher ??= new BusyDiskDispatcher(this);
}

/// <summary>
/// Runs actors that have a thread of their own because they wait for a disk: now and then the disk is busy with
/// other work, and the turn of such an actor comes late while all others are on time.
/// </summary>
internal sealed class BusyDiskDispatcher(MessageDispatcherConfigurator configurator) : SimulatedDispatcher(configurator)
{
    private const int LateOneIn = 16;
    private static readonly TimeSpan LatestBy = TimeSpan.FromMilliseconds(20);

    protected override void Execute(long order, Task turn)
    {
        var random = Environment.BusyDiskOf(order);
        if (random.Next(LateOneIn) != 0)
        {
            base.Execute(order, turn);
            return;
        }
        var late = TimeSpan.FromTicks((long)(random.NextUInt64() % (ulong)LatestBy.Ticks));
        Environment.Runtime.Time.Set(late, () => base.Execute(order, turn));
    }
}
