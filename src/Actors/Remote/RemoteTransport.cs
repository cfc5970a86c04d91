using Actors.Runtime;

namespace Actors.Remote;

/// <summary>What a system may be asked, and told, about its connections to others.</summary>
public abstract class RemoteTransport
{
    private protected RemoteTransport() { }

    /// <summary>The addresses by which others reach this system.</summary>
    public abstract ISet<Address> Addresses { get; }

    /// <summary>The first of <see cref="Addresses"/>.</summary>
    public abstract Address DefaultAddress { get; }

    /// <summary>By which of its addresses a peer reaches this system.</summary>
    /// <exception cref="RemoteTransportException">The peer has a protocol that this system does not speak.</exception>
    public abstract Address LocalAddressForRemote(Address remote);

    /// <summary>
    /// Gives an incarnation of another system up: its connections end, and only a restarted system is let in from there.
    /// </summary>
    /// <param name="address">Where the other system is.</param>
    /// <param name="uid">Its incarnation; null for the one that was met last.</param>
    public abstract void Quarantine(Address address, int? uid);
}
