using System.Collections.Concurrent;

namespace Actors.Runtime;

/// <summary>Gives each actor a thread of its own, for work that blocks, such as disks.</summary>
internal sealed class PinnedDispatcher(string id, int throughput) : MessageDispatcher(id, throughput)
{
    public override void Schedule(Action run) => ThreadPool.UnsafeQueueUserWorkItem(static action => action(), run, preferLocal: false);

    internal override IMailboxExecutor ExecutorFor(ActorCell cell) => new PinnedThread(cell.Self.Path.ToStringWithoutAddress());

    /// <summary>The thread of one actor: started with its first work, ended after its last.</summary>
    private sealed class PinnedThread(string name) : IMailboxExecutor
    {
        private readonly BlockingCollection<Action> _work = [];
        private int _isStarted;

        public void Execute(Mailbox mailbox) => Enqueue(mailbox.Run);

        public void ExecuteLate(Action work) => Enqueue(work);

        public void Release() => _work.CompleteAdding();

        private void Enqueue(Action work)
        {
            try
            {
                _work.Add(work);
            }
            catch (InvalidOperationException)
            {
                // Released: the thread is gone, the pool does as well for the rest.
                ThreadPool.UnsafeQueueUserWorkItem(static action => action(), work, preferLocal: false);
                return;
            }
            if (Interlocked.Exchange(ref _isStarted, 1) == 0)
                new Thread(Loop) { IsBackground = true, Name = name }.Start();
        }

        private void Loop()
        {
            foreach (Action work in _work.GetConsumingEnumerable())
                work();
            _work.Dispose();
        }
    }
}
