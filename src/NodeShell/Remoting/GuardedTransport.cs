using System.Collections.Concurrent;
using Akka.Remote.Transport;

namespace Actors.NodeShell;

/// <summary>
/// The transport that remoting is given, with a guard in front: each inbound envelope is read once, and what is not of the
/// closed set of <see cref="InboundRules"/> goes no further. A server dials no client (what a client calls its address need not
/// be its own), and no node dials a client.
/// </summary>
internal sealed class GuardedTransport : Transport
{
    // So many connections may be waited for that have not introduced themselves; one more ends the oldest of them. A node that
    // means it does so at once.
    private const int StrangersMax = 256;

    private readonly Transport _below;
    private readonly Refusals _refusals;
    private readonly ReachablePaths _reachable;
    private readonly bool _dials;
    private readonly bool _accepts;
    private readonly LinkedList<GuardedAssociation> _strangers = [];
    private readonly ConcurrentDictionary<string, GuardedAssociation> _accepted = [];
    private InboundRules? _rules;

    public GuardedTransport(Transport below, ExtendedActorSystem system)
    {
        _below = below;
        System = system;
        Config = below.Config;
        SchemeIdentifier = below.SchemeIdentifier;
        _refusals = Refusals.Of(system);
        var doors = system.Settings.Config.GetConfig("actors.doors");
        _reachable = new ReachablePaths(doors.GetStringList("reachable", []));
        _dials = doors.GetBoolean("dials");
        _accepts = doors.GetBoolean("accepts");
    }

    public override long MaximumPayloadBytes => _below.MaximumPayloadBytes;

    public override async Task<(Address, TaskCompletionSource<IAssociationEventListener>)> Listen()
    {
        var (address, below) = await _below.Listen();
        _rules = new InboundRules(NodeOf(address), _reachable);
        var above = new TaskCompletionSource<IAssociationEventListener>();
        _ = AcceptWhenWantedAsync(above.Task, below);
        return (address, above);
    }

    public override bool IsResponsibleFor(Address remote) => _below.IsResponsibleFor(remote);

    public override async Task<AssociationHandle> Associate(Address remoteAddress)
    {
        if (!_dials)
        {
            return _accepted.TryGetValue(NodeOf(remoteAddress), out var accepted)
                ? new ReturnAssociation(accepted, remoteAddress)
                : throw new InvalidAssociationException($"{remoteAddress} is not dialled: it connects by itself");
        }
        var below = await _below.Associate(remoteAddress);
        return new GuardedAssociation(below, new InboundFilter(_rules!, NodeOf(remoteAddress)), _refusals);
    }

    public override Task<bool> Shutdown() => _below.Shutdown();

    public override Task<bool> ManagementCommand(object message) => _below.ManagementCommand(message);

    private static string NodeOf(Address address) => $"{address.System}@{address.Host}:{address.Port}";

    private async Task AcceptWhenWantedAsync(Task<IAssociationEventListener> above, TaskCompletionSource<IAssociationEventListener> below)
    {
        var listener = await above;
        below.TrySetResult(new AssociationListener(this, listener));
    }

    private void Take(IAssociationEvent happened, IAssociationEventListener listener)
    {
        if (happened is not InboundAssociation inbound)
        {
            listener.Notify(happened);
            return;
        }
        var association = new GuardedAssociation(inbound.Association, new InboundFilter(_rules!, null), _refusals) { WhyNot = Welcome };
        if (!_accepts)
        {
            association.Refuse("a connection: this node connects by itself");
            return;
        }
        Await(association);
        listener.Notify(new InboundAssociation(association));
    }

    private void Await(GuardedAssociation stranger)
    {
        stranger.Ended += Forget;
        GuardedAssociation? oldest = null;
        lock (_strangers)
        {
            _strangers.AddLast(stranger);
            if (_strangers.Count > StrangersMax)
            {
                oldest = _strangers.First!.Value;
                _strangers.RemoveFirst();
            }
        }
        oldest?.Refuse("a connection that says nothing, where too many do");
    }

    /// <summary>Null: welcome. Two connections of one node carry the same introduction, down to the number that its system has drawn.</summary>
    private string? Welcome(GuardedAssociation known)
    {
        lock (_strangers)
            _strangers.Remove(known);
        var connected = _accepted.GetOrAdd(known.Peer, known);
        if (!connected.Introduction!.Equals(known.Introduction))
            return "an introduction by the name of another node that is connected";
        _accepted[known.Peer] = known;
        return null;
    }

    private void Forget(GuardedAssociation ended, Disassociated end)
    {
        lock (_strangers)
            _strangers.Remove(ended);
        _accepted.TryRemove(new(ended.Peer, ended));
    }

    private sealed class AssociationListener(GuardedTransport owner, IAssociationEventListener above) : IAssociationEventListener
    {
        public void Notify(IAssociationEvent ev) => owner.Take(ev, above);
    }
}

/// <summary>Makes the guard; named in hocon/remoting.conf.</summary>
public sealed class GuardProvider : ITransportAdapterProvider
{
    public Transport Create(Transport wrappedTransport, ExtendedActorSystem system) => new GuardedTransport(wrappedTransport, system);
}
