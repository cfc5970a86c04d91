using Actors.Replication.Changes;
using Actors.Replication.Content;

namespace Actors.Client.Storage;

/// <summary>A push whose outcome is not known. Stored before it is sent; a retry is the same counter with the same changes.</summary>
public sealed record StoredPush(ulong Counter, ContentHash Digest, IReadOnlyList<PathChange> Changes);
