using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Server;

/// <summary>What a watcher of the board is told: a new line, or else a client, by its number, that came, left or is no longer shown.</summary>
internal sealed record BoardNews(BoardLine? Line, uint? Node = null, string? Name = null, bool Connected = false, bool Gone = false);

/// <summary>One node on the board, with its newest lines, oldest first: the server has the number 0.</summary>
internal sealed record BoardNode(uint Node, string Name, bool Connected, IReadOnlyList<BoardLine> Lines);

/// <summary>One line on the board.</summary>
/// <param name="Node">Who said it: the client's number; 0 for the server.</param>
/// <param name="Number">Counts the lines of one process, from 1.</param>
/// <param name="At">When, on the clock of the one who said it.</param>
/// <param name="Text">What.</param>
internal sealed record BoardLine(uint Node, long Number, DateTimeOffset At, string Text);

/// <summary>The board as the page reads it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<BoardNode>))]
[JsonSerializable(typeof(BoardNews))]
internal sealed partial class BoardJson : JsonSerializerContext
{
    public static string Board(IReadOnlyList<BoardNode> board) => JsonSerializer.Serialize(board, Default.IReadOnlyListBoardNode);

    public static string News(BoardNews news) => JsonSerializer.Serialize(news, Default.BoardNews);
}
