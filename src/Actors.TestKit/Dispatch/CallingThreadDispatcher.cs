using Actors.Runtime;

namespace Actors.Testing;

/// <summary>Runs an actor on the thread that sends to it, before the sending returns; unless it is running already.</summary>
public sealed class CallingThreadDispatcher : MessageDispatcher
{
    /// <summary>Where actors find it: <c>props.WithDispatcher(CallingThreadDispatcher.Id)</c>.</summary>
    public static new readonly string Id = "akka.test.calling-thread-dispatcher";

    /// <summary>Where test actors find it in the configuration.</summary>
    internal const string TestActorId = "akka.test.test-actor.dispatcher";

    internal CallingThreadDispatcher(string id) : base(id, int.MaxValue) { }

    /// <inheritdoc/>
    public override void Schedule(Action run) => run();

    internal override IMailboxExecutor ExecutorFor(ActorCell cell) => new Executor();

    private sealed class Executor : IMailboxExecutor
    {
        public void Execute(Mailbox mailbox)
        {
            // The sender's implicit context is not the receiver's.
            SynchronizationContext? outer = SynchronizationContext.Current;
            SynchronizationContext.SetSynchronizationContext(null);
            ActorCell? sender = ActorCell.Current;
            try
            {
                mailbox.Run();
            }
            finally
            {
                ActorCell.Current = sender;
                SynchronizationContext.SetSynchronizationContext(outer);
            }
        }

        public void ExecuteLate(Action work) => work();

        public void Release()
        {
        }
    }
}
