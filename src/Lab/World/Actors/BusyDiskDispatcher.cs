using Akka.Dispatch;

namespace Actors.Lab.World;

/// <summary>
/// Runs actors that have a thread of their own because they wait for a disk: now and then the disk is busy with others,
/// and a turn comes late, although nobody else's does.
/// </summary>
internal sealed class BusyDiskDispatcher(MessageDispatcherConfigurator configurator) : SimulatedDispatcher(configurator)
{
    private const int LateOneIn = 16;
    private static readonly TimeSpan LatestBy = TimeSpan.FromMilliseconds(20);

    protected override void Execute(long order, Task turn)
    {
        var random = Environment.BusyDisk;
        if (random.Next(LateOneIn) != 0)
        {
            base.Execute(order, turn);
            return;
        }
        var late = TimeSpan.FromTicks((long)(random.NextUInt64() % (ulong)LatestBy.Ticks));
        Environment.Runtime.Time.Set(late, () => base.Execute(order, turn));
    }
}
