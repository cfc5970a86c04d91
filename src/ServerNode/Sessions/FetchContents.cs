using Actors.Messages.Content;

namespace Actors.Server.Sessions;

/// <summary>Registry to a session, and on to its transfer actor: get this content for a push. The registry hears how it ended.</summary>
internal sealed record FetchContents(ulong Counter, IReadOnlyList<ContentRef> Missing);
