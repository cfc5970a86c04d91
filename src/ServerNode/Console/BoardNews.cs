namespace Actors.Server;

/// <summary>What a watcher of the board is told: a new line, or else a client, by its number, that came, left or is no longer shown.</summary>
internal sealed record BoardNews(BoardLine? Line, uint? Node = null, string? Name = null, bool Connected = false, bool Gone = false);
