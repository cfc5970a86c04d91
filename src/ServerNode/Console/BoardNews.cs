namespace Actors.Server;

/// <summary>What a watcher of the board is told: a new line, or else a node that came, left or is no longer shown.</summary>
internal sealed record BoardNews(BoardLine? Line, string? Node = null, bool Connected = false, bool Gone = false);
