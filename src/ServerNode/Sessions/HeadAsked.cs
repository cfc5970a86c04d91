namespace Actors.Server.Sessions;

/// <summary>Session to registry: what is the newest commit of the share? Answered by <see cref="HeadAnswer"/>.</summary>
internal sealed record HeadAsked(int Share, ulong Request);

internal sealed record HeadAnswer(ulong Request, ulong Head);
