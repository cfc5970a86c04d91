using Actors.Messages;
using Actors.Messages.History;
using Google.Protobuf;

namespace Actors.Client.Cache;

/// <summary>What the Welcome said.</summary>
/// <param name="Id">Names the session in every message.</param>
/// <param name="Number">The client's number, which its commits bear.</param>
/// <param name="Name">The name of this node in the whole share.</param>
/// <param name="Epoch">The share's.</param>
public sealed record ReplicaSession(ulong Id, uint Number, string Name, EpochId Epoch)
{
    /// <summary>What messages of the session carry.</summary>
    public SessionKey Key { get; init; } = new(Id, ByteString.Empty);
}
