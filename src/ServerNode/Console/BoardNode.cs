namespace Actors.Server;

/// <summary>One node on the board, with its newest lines, oldest first: the server has the number 0.</summary>
internal sealed record BoardNode(uint Node, string Name, bool Connected, IReadOnlyList<BoardLine> Lines);
