namespace Actors.Server;

/// <summary>One node on the board, with its newest lines, oldest first.</summary>
internal sealed record BoardNode(string Name, bool IsServer, bool Connected, IReadOnlyList<BoardLine> Lines);
