using Actors.Replication.History;

namespace Actors.Server.Storage;

/// <summary>An epoch of a share, and the commit after which it began.</summary>
public sealed record EpochRow(EpochId Id, ulong BeganAfter);
