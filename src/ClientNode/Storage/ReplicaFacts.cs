using Actors.Messages.History;

namespace Actors.Client.Storage;

/// <summary>The single values of a replica's state.</summary>
/// <param name="Identity">Null before the first start.</param>
/// <param name="Position">The last cursor saved, and the epoch joined last: commit 0 where nothing was agreed on yet. Null before the first join.</param>
/// <param name="Newest">The newest place in that epoch that anything stored here is of; null as above.</param>
/// <param name="LastCounter">Of the newest push; 0: none.</param>
/// <param name="Name">What the server called this node last; empty: nothing yet.</param>
public sealed record ReplicaFacts(ReplicaIdentity? Identity, SharePosition? Position, SharePosition? Newest, ulong LastCounter, string Name);
