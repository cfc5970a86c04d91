using Actors.Messages.History;

namespace Actors.Client.Cache;

/// <summary>What became of a push in doubt; neither set: the server never decided on it.</summary>
public sealed record DoubtOutcome(ulong Counter, SharePosition? AcceptedAs, RefusedPush? Refused);
