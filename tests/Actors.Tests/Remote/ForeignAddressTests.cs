namespace Actors.Tests.Remote;

/// <summary>Addresses that a system cannot reach because it does not speak their protocol.</summary>
public sealed class ForeignAddressTests : IDisposable
{
    private const string Elsewhere = "akka.ssl.tcp://Other@127.0.0.1:2346";

    private static readonly TimeSpan Limit = RemoteSystems.Limit;
    private readonly RemoteSystems _systems = RemoteSystems.InMemory(out _);
    private readonly ActorSystem _system;

    public ForeignAddressTests() => _system = _systems.Start("System");

    public void Dispose() => _systems.Dispose();

    private IActorRefProvider Provider => ((ExtendedActorSystem)_system).Provider;

    [Theory]
    [InlineData(Elsewhere)]
    [InlineData("akka.udp://Other@127.0.0.1:2346")]
    [InlineData("akka://Other")]
    public void A_selection_of_what_cannot_be_reached_is_refused(string address)
    {
        var refused = Assert.Throws<RemoteTransportException>(() => _system.ActorSelection(address + "/user/echo"));

        Assert.Contains(address, refused.Message, StringComparison.Ordinal);
        Assert.Throws<RemoteTransportException>(() => _system.ActorSelection(new RootActorPath(Address.Parse(address)) / "user" / "echo"));
    }

    [Fact]
    public async Task A_ref_to_what_cannot_be_reached_is_dead_from_the_start()
    {
        var nowhere = Provider.ResolveActorRef(Elsewhere + "/user/echo#5");
        var dead = _system.Hear<DeadLetter>(e => e.Message is "lost");
        var ended = new TaskCompletionSource<Terminated>();

        _system.ActorOf(Props.Create(() => new WatchingActor(nowhere, ended)));
        nowhere.Tell("lost");

        var terminated = await ended.Task.WaitAsync(Limit);
        Assert.Equal((nowhere, false, false), (terminated.ActorRef, terminated.ExistenceConfirmed, terminated.AddressTerminated));
        Assert.Equal(nowhere, (await dead.WaitAsync(Limit)).Recipient);
        Assert.Equal(Elsewhere + "/user/echo#5", nowhere.Path.ToSerializationFormat());
    }

    [Fact]
    public void The_own_address_is_given_to_peers_that_can_use_it()
    {
        Assert.Equal(Provider.DefaultAddress, Provider.GetExternalAddressFor(Address.Parse("akka.tcp://Other@10.0.0.7:2346")));
        Assert.Null(Provider.GetExternalAddressFor(Address.Parse(Elsewhere)));
        Assert.Null(Provider.GetExternalAddressFor(Address.Parse("akka://Other")));
        Assert.Equal(Provider.RootPath.Address, Provider.GetExternalAddressFor(Provider.DefaultAddress));
    }
}
