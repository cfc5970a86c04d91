using Actors.Messages.History;

namespace Actors.Server.Storage;

/// <summary>
/// An epoch of a share, and the commit after which it began; of one that was lost with a backup, the commit at which that
/// was noticed.
/// </summary>
public sealed record EpochRow(EpochId Id, ulong BeganAfter);
