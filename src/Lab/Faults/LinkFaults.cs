using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Lab.World;
using Actors.Lab.World.Network;

namespace Actors.Lab.Faults;

/// <summary>What happens between a client and the server.</summary>
internal sealed class LinkFaults(SimulatedWorld world, PlannedNetwork normal, MessageLoss losses)
{
    private const string Server = "server";

    private readonly HashSet<string> _touched = [];

    public bool Begin(PlannedFault fault, Site site, Action<Action> atEnd)
    {
        var (name, network) = (site.Name, world.Network);
        _touched.Add(name);
        switch (fault.Kind)
        {
            case FaultKind.Partition:
                network.Partition(name, Server);
                atEnd(() => Open(name));
                return true;
            case FaultKind.OneWayPartition:
                network.Block(fault.Amount % 2 == 0 ? name : Server, fault.Amount % 2 == 0 ? Server : name);
                atEnd(() => Open(name));
                return true;
            case FaultKind.Reset:
                network.Reset(name, Server);
                return true;
            case FaultKind.Stall:
                Change(name, link => link.LatencyMin = link.LatencyMax = TimeSpan.FromMilliseconds(100 + 5 * fault.Amount));
                atEnd(() => Change(name, Restore));
                return true;
            case FaultKind.LoseMessages:
                Change(name, link => link.LoseOneIn = 2 + fault.Amount % 20);
                atEnd(() => Change(name, link => link.LoseOneIn = 0));
                return true;
            case FaultKind.LoseNext:
                // A number for the kind of message, for whether it is lost twice, and for whether a reset comes first.
                var (kind, twice, withReset) = (fault.Amount % MessageLoss.KindCount, fault.Amount / MessageLoss.KindCount % 2, fault.Amount % 4 > 0);
                losses.LoseNext(name, kind, 1 + twice);
                if (withReset)
                    network.Reset(name, Server);
                return true;
            case FaultKind.SlowReceiver:
                var (from, to) = fault.Amount % 2 == 0 ? (Server, name) : (name, Server);
                var slow = network.Link(from, to);
                (slow.ReceiverBytesMax, slow.ReceiverPause) = (200 + 4 * fault.Amount, TimeSpan.FromMilliseconds(20 + fault.Amount / 5));
                atEnd(() => slow.ReceiverPause = TimeSpan.Zero);
                return true;
            default:
                throw new InvalidOperationException($"{fault.Kind} is none of a link");
        }
    }

    public void End()
    {
        world.Network.Heal();
        losses.End();
        foreach (var name in _touched)
        {
            Change(name, Restore);
            Change(name, link => link.LoseOneIn = 0);
            Change(name, link => link.ReceiverPause = TimeSpan.Zero);
        }
    }

    private void Open(string name)
    {
        world.Network.Unblock(name, Server);
        world.Network.Unblock(Server, name);
    }

    private void Restore(LinkConditions link) => (link.LatencyMin, link.LatencyMax) = (normal.LatencyMin, normal.LatencyMax);

    private void Change(string name, Action<LinkConditions> change)
    {
        change(world.Network.Link(name, Server));
        change(world.Network.Link(Server, name));
    }
}
