namespace Actors.Testing.Tests.Nodes;

public sealed class SocketNetworkTests() : TestNetworkTests(TestNetwork.OverSockets())
{
    [Fact]
    public void Links_of_sockets_cannot_be_tampered_with()
    {
        TestNode server = Start("Server");
        TestNode client = Start("Client");
        Assert.Throws<NotSupportedException>(() => Network.Partition(server, client));
    }
}
