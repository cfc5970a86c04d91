using Akka.Remote.Transport;
using static Akka.Remote.Transport.FailureInjectorTransportAdapter;
using static Akka.Remote.Transport.ThrottleTransportAdapter;

namespace MultiNode.Tests;

/// <summary>A node's link to another one, whose faults Akka.Remote's own transport adapters make.</summary>
internal sealed class Link(ActorSystem system, Address peer)
{
    /// <summary>Nothing passes in this direction, and neither side is told.</summary>
    public Task CutAsync(Direction direction) => ManageAsync(new SetThrottle(Naked, direction, Blackhole.Instance));

    public Task LimitAsync(double bytesPerSecond) =>
        ManageAsync(new SetThrottle(Naked, Direction.Both, new TokenBucket(capacity: 2_000, tokensPerSecond: bytesPerSecond, nanoTimeOfLastSend: 0, availableTokens: 0)));

    /// <summary>Everything passes again.</summary>
    public async Task HealAsync()
    {
        await ManageAsync(new SetThrottle(Naked, Direction.Both, Unthrottled.Instance));
        await ManageAsync(new One(Naked, PassThru.Instance));
    }

    /// <summary>Loses this share of all frames, in both directions.</summary>
    public Task LoseFramesAsync(double share) => ManageAsync(new One(Naked, new Drop(share, share)));

    /// <summary>The connection ends, and neither side is told: remoting's failure detectors have to find out.</summary>
    public Task LoseConnectionAsync() => ManageAsync(new ForceDisassociate(Naked));

    // Adapters know a node by its address without their own names.
    private Address Naked => new("tcp", peer.System, peer.Host, peer.Port);

    private async Task ManageAsync(object command)
    {
        var transport = ((IRemoteActorRefProvider)((ExtendedActorSystem)system).Provider).Transport;
        if (!await transport.ManagementCommand(command))
            throw new InvalidOperationException($"no transport takes {command}");
    }
}
