using Akka.Dispatch;

namespace Actors.Lab.World;

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
