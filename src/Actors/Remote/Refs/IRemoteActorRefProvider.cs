using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Makes and finds the refs of a system that has remoting.</summary>
public interface IRemoteActorRefProvider : IActorRefProvider
{
    /// <summary>The actor that watches remote actors for all local ones.</summary>
    IActorRef RemoteWatcher { get; }

    /// <summary>The connections to other systems.</summary>
    RemoteTransport Transport { get; }

    /// <summary>Whether an address is one of this system's own, the local one included.</summary>
    bool HasAddress(Address address);

    /// <summary>The ref behind a path text; a local one if the path has an address of this system.</summary>
    IInternalActorRef ResolveActorRefWithLocalAddress(string path, Address localAddress);

    /// <inheritdoc cref="RemoteTransport.Quarantine"/>
    void Quarantine(Address address, int? uid);
}
