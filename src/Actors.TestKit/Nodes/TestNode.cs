using Actors.Configuration;
using Actors.Remote;
using Actors.Runtime;

namespace Actors.Testing;

/// <summary>A node of a <see cref="TestNetwork"/>: a system with remoting, and a test kit in it.</summary>
public sealed class TestNode : TestKitBase, INoImplicitSender
{
    private readonly RuntimeEnvironment _environment;

    internal TestNode(ActorSystem system, Config config, RuntimeEnvironment environment, InMemoryTransport? transport)
        : base(new XunitAssertions(), system)
    {
        Config = config;
        Transport = transport;
        _environment = environment;
        Address = ((ExtendedActorSystem)system).Provider.DefaultAddress;
    }

    /// <summary>Where other nodes find this one.</summary>
    public Address Address { get; }

    /// <summary>Whether nothing of the node runs any more; see <see cref="TestNetwork.Crash"/>.</summary>
    public bool HasCrashed => _environment.IsAbandoned;

    internal Config Config { get; }

    internal InMemoryTransport? Transport { get; }

    /// <summary>An actor of another node, this incarnation of it, as this node sees it.</summary>
    public IActorRef Remote(TestNode other, IActorRef actor)
    {
        ArgumentNullException.ThrowIfNull(other);
        ArgumentNullException.ThrowIfNull(actor);
        return ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(actor.Path.ToSerializationFormatWithAddress(other.Address));
    }

    /// <summary>Whatever actor of another node has the path (such as <c>/user/registry</c>), as this node sees it.</summary>
    public ActorSelection Remote(TestNode other, string path)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Sys.ActorSelection(other.Address + path);
    }

    internal void Abandon() => _environment.Abandon();
}
