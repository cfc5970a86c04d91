using Actors.Messages.Content;

namespace Actors.Messages.History;

/// <summary>A place in a share's history: after commit <paramref name="Cursor"/>, where the hash chain stood so.</summary>
public readonly record struct SharePosition(EpochId Epoch, ulong Cursor, ContentHash ChainHash);
