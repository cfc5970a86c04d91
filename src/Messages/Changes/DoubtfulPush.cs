using Actors.Messages.Content;

namespace Actors.Messages.Changes;

/// <summary>A push whose outcome its client does not know.</summary>
public readonly record struct DoubtfulPush(ulong Counter, ContentHash Digest);
