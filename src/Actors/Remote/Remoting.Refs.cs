using System.Text;
using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Refs and the paths that stand for them on the wire.</summary>
internal sealed partial class Remoting : IRefResolver
{
    /// <summary>Deeper paths lead to no actor; without a bound a stranger's path could exhaust the stack.</summary>
    private const int PathDepthMax = 64;

    private byte[] _localPrefix = [];

    public byte[] PathBytesOf(IActorRef actor) => actor is RemoteActorRef remote
        ? remote.PathBytes
        : Encoding.UTF8.GetBytes(actor.Path.ToSerializationFormatWithAddress(LocalAddress));

    public IInternalActorRef? Resolve(ReadOnlySpan<byte> path)
    {
        if (FindLocal(path) is { } local)
            return local;
        if (path.Count((byte)'/') > PathDepthMax || !ActorPath.TryParse(Encoding.UTF8.GetString(path), out var parsed))
            return null;
        if (parsed.Address.HasLocalScope)
            return IgnoreActorRef.IsAt(parsed) ? (IInternalActorRef)Provider.IgnoreRef : null;
        return Speaks(parsed.Address) ? new RemoteActorRef(this, parsed, path.ToArray()) : Nowhere(parsed);
    }

    /// <summary>Whether systems with such an address can be reached at all.</summary>
    public bool Speaks(Address address) => address.Protocol == LocalAddress.Protocol;

    public override Address LocalAddressForRemote(Address remote) => Speaks(remote) ? LocalAddress : throw new RemoteTransportException(Unspoken(remote));

    /// <summary>Why an address cannot be reached.</summary>
    public string Unspoken(Address address) => $"{address} has the protocol {address.Protocol}, and this system speaks {LocalAddress.Protocol} only";

    /// <summary>The ref of a path that cannot be reached: dead from the start, so that whoever watches it hears at once.</summary>
    public IInternalActorRef Nowhere(ActorPath path) => new EmptyLocalActorRef(Provider, path, _system.EventStream);

    /// <summary>The local ref behind a path from the wire, a dead one if there is none; null if the path leads elsewhere.</summary>
    public IInternalActorRef? FindLocal(ReadOnlySpan<byte> path)
    {
        if (!path.StartsWith(_localPrefix))
            return null;
        var names = path[_localPrefix.Length..];
        if (!names.IsEmpty && names[0] != (byte)'/')
            return null;
        if (names.Count((byte)'/') > PathDepthMax)
            return null;
        return ActorPath.TryParse(Provider.RootPath, Encoding.UTF8.GetString(names), out var parsed) ? Provider.Local.ResolveLocal(parsed) : null;
    }
}
