using System.Text.Json.Nodes;

namespace Actors.Tests.Configuration;

/// <summary>Compares HOCON with the JSON that the specification says it means, types included.</summary>
internal static class Hocon
{
    public static Config Parse(string hocon, params (string Name, string Value)[] environment) =>
        HoconParser.ParseString(hocon, options: new HoconOptions
        {
            Environment = name => environment.FirstOrDefault(variable => variable.Name == name).Value,
        });

    public static void Means(string hocon, string json, params (string Name, string Value)[] environment) =>
        AssertEqual(json, ToJson(Parse(hocon, environment).Root), hocon);

    /// <summary>Parsing fails with a position inside of the text.</summary>
    public static HoconParseException Fails(string hocon, params (string Name, string Value)[] environment)
    {
        var error = Assert.Throws<HoconParseException>(() => Parse(hocon, environment));
        Assert.InRange(error.Line, 1, hocon.Count(c => c == '\n') + 1);
        Assert.True(error.Column >= 1);
        return error;
    }

    public static void AssertEqual(string json, JsonNode? actual, string because) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), actual), $"{because}\nshould mean {json}\nbut means {actual?.ToJsonString() ?? "null"}");

    public static JsonNode? ToJson(HoconValue value) => value.Kind switch
    {
        HoconKind.Null => null,
        HoconKind.Boolean or HoconKind.Number => JsonNode.Parse(value.Text),
        HoconKind.String => JsonValue.Create(value.Text),
        HoconKind.Array => new JsonArray([.. value.GetArray().Select(ToJson)]),
        _ => new JsonObject(value.GetObject().Items.Select(item => KeyValuePair.Create(item.Key, ToJson(item.Value)))),
    };
}
