namespace Actors.Runtime;

/// <summary>The default dispatcher: runs actors on the thread pool.</summary>
internal sealed class ThreadPoolDispatcher(string id, int throughput) : MessageDispatcher(id, throughput), IMailboxExecutor
{
    public override void Schedule(Action run) => ThreadPool.UnsafeQueueUserWorkItem(static action => action(), run, preferLocal: false);

    internal override IMailboxExecutor ExecutorFor(ActorCell cell) => this;

    public void Execute(Mailbox mailbox)
    {
        if (!FreeThread.TryKeep(mailbox))
            ThreadPool.UnsafeQueueUserWorkItem(mailbox, preferLocal: false);
    }

    public void ExecuteLate(Action work) => Schedule(work);

    public void Release() { }
}
