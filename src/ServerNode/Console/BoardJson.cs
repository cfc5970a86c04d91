using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Server;

/// <summary>The board as the page reads it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<BoardNode>))]
[JsonSerializable(typeof(BoardNews))]
internal sealed partial class BoardJson : JsonSerializerContext
{
    public static byte[] Board(IReadOnlyList<BoardNode> board) =>
        JsonSerializer.SerializeToUtf8Bytes(board, Default.IReadOnlyListBoardNode);

    public static byte[] News(BoardNews news) => JsonSerializer.SerializeToUtf8Bytes(news, Default.BoardNews);
}
