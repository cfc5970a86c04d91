namespace Actors.Tests.Remote;

/// <summary>How a node is called by itself and by others.</summary>
public sealed class NamesOfNodesTests : IDisposable
{
    private readonly RemoteSystems _systems = RemoteSystems.InMemory(out _);

    public void Dispose() => _systems.Dispose();

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("::1", "[::1]")]
    [InlineData("[::1]", "[::1]")]
    [InlineData("LocalHost", "localhost")]
    public void A_node_introduces_itself_by_the_host_of_its_address(string configured, string host)
    {
        var system = _systems.Start("System", $"akka.remote.dot-netty.tcp {{ hostname = \"{configured}\", port = 2552 }}");

        var introduced = Pdu.Decode(RemoteSystems.RemotingOf(system).AssociateFrame.AsSpan(sizeof(int))).Handshake;

        Assert.Equal(new Address("akka.tcp", "System", host, 2552), RemoteSystems.AddressOf(system));
        Assert.Equal((host, 2552), (introduced!.Hostname, introduced.Port));
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("LOCALHOST")]
    public void A_peer_has_one_address_however_it_writes_its_host(string written)
    {
        var remoting = RemoteSystems.RemotingOf(_systems.Start("System"));

        var address = remoting.AddressOf(new Handshake("Peer", written, 2552, "tcp", 7));

        Assert.Equal(address, Address.Parse(address.ToString()));
        Assert.Contains(address.Host, new[] { "[::1]", "localhost" });
    }
}
