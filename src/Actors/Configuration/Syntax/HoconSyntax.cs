namespace Actors.Configuration;

/// <summary>Turns resolved values back into syntax, where they are to stand below or inside of a text.</summary>
internal static class HoconSyntax
{
    public static HoconDocument FromValue(HoconValue value)
    {
        var node = ToNode(value);
        return new HoconDocument(node as ObjectNode ?? new ObjectNode(value.Origin), node);
    }

    public static SyntaxNode ToNode(HoconValue value)
    {
        switch (value.Kind)
        {
            case HoconKind.Object:
                var node = new ObjectNode(value.Origin);
                foreach (var (key, item) in value.GetObject().Items)
                    node.Slot(key).Add(ToNode(item));
                return node;
            case HoconKind.Array:
                return new ArrayNode(value.Origin, [.. value.GetArray().Select(ToNode)]);
            default:
                return new ScalarNode(value.Origin, value.Kind, value.Text);
        }
    }
}
