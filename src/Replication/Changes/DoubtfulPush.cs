using Actors.Replication.Content;

namespace Actors.Replication.Changes;

/// <summary>A push whose outcome its client does not know.</summary>
public readonly record struct DoubtfulPush(ulong Counter, ContentHash Digest);
