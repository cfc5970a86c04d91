using Actors.Runtime;

namespace Actors.Simulation;

/// <summary>
/// Runs actors that have a thread of their own because they wait for a disk: now and then the disk is busy with others,
/// and a turn comes late, although nobody else's does.
/// </summary>
internal sealed class BusyDiskDispatcher(DeterministicRuntime runtime, SeededRandomSource random) : MessageDispatcher("busy-disk", throughput: 1), IMailboxExecutor
{
    private const int LateOneIn = 16;
    private static readonly TimeSpan LatestBy = TimeSpan.FromMilliseconds(20);

    private readonly IMailboxExecutor _turns = runtime.Dispatcher;

    internal override TaskCreationOptions CompletionOptions => runtime.Dispatcher.CompletionOptions;

    internal override Action<ActorCell, object>? InvocationObserver => runtime.Dispatcher.InvocationObserver;

    public override void Schedule(Action run) => runtime.Dispatcher.Schedule(run);

    public void Execute(Mailbox mailbox)
    {
        if (random.Next(LateOneIn) != 0)
        {
            _turns.Execute(mailbox);
            return;
        }
        var late = TimeSpan.FromTicks((long)(random.NextUInt64() % (ulong)LatestBy.Ticks));
        runtime.Time.Set(late, null, () => _turns.Execute(mailbox));
    }

    public void ExecuteLate(Action work) => _turns.ExecuteLate(work);

    public void Release() => _turns.Release();

    internal override IMailboxExecutor ExecutorFor(ActorCell cell) => this;
}
