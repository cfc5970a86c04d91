using Actors.Bench.Peers;
using Actors.Bench.Remoting;

namespace Actors.Bench;

/// <summary>What benchmarks share: the peer process and the actor system that is connected to it, both started on first use.</summary>
internal sealed class BenchContext : IAsyncDisposable
{
    private ChildPeer? _peer;
    private RemoteLink? _link;

    public TimeProvider Clock { get; } = TimeProvider.System;

    public async Task<ChildPeer> PeerAsync() => _peer ??= await ChildPeer.StartAsync();

    public async Task<RemoteLink> LinkAsync() => _link ??= await RemoteLink.ConnectAsync(await PeerAsync());

    public async ValueTask DisposeAsync()
    {
        if (_link is not null)
            await _link.DisposeAsync();
        if (_peer is not null)
            await _peer.DisposeAsync();
    }
}
