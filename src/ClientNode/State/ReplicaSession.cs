using Actors.Replication.History;

namespace Actors.Client.State;

/// <summary>What the Welcome said.</summary>
/// <param name="Id">Names the session in every message.</param>
/// <param name="Number">The client's number, which its commits bear.</param>
/// <param name="Name">What everybody calls this node.</param>
/// <param name="Epoch">The share's.</param>
public sealed record ReplicaSession(ulong Id, uint Number, string Name, EpochId Epoch);
