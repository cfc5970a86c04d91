using System.Text;

namespace Actors.Configuration;

internal sealed partial class HoconResolver
{
    /// <summary>Joins the pieces to a string, an array or an object; null if all of them are undefined.</summary>
    private HoconValue? Concatenate(ConcatenationNode concatenation, FieldEntry? entry, ResolutionChain? chain)
    {
        var values = new List<HoconValue>(concatenation.Pieces.Count);
        var text = new StringBuilder();
        foreach (var piece in concatenation.Pieces)
        {
            if (piece is WhitespaceNode whitespace)
            {
                text.Append(whitespace.Text);
            }
            else if (Evaluate(new ValueLayer(piece, entry), chain) is { } value)
            {
                values.Add(value);
                text.Append(value.Text);
            }
            if (text.Length / 16 > HoconLimits.ResolvedWeightMax)
                throw new HoconParseException("substitutions multiply the text beyond all bounds", concatenation.Origin);
        }
        if (values.TrueForAll(value => value.IsString()))
            return text.Length == 0 && values.Count == 0 ? null : new HoconValue(concatenation.Origin, HoconKind.String, text.ToString());
        return Check(values.Exists(value => value.IsArray()) ? Join(values, concatenation.Origin) : Merge(values));
    }

    private static HoconValue Join(List<HoconValue> values, HoconOrigin origin)
    {
        var elements = new List<HoconValue>();
        foreach (var value in values)
        {
            elements.AddRange(HoconConversion.TryToArray(value) ?? throw Mixed("an array", value));
            if (elements.Count > HoconLimits.ResolvedWeightMax)
                throw new HoconParseException("substitutions multiply the elements beyond all bounds", origin);
        }
        return new HoconValue(origin, elements);
    }

    private static HoconValue Merge(List<HoconValue> values)
    {
        var result = values[0].IsObject() ? values[0] : throw Mixed("an object", values[0]);
        foreach (var value in values.Skip(1))
            result = value.IsObject() ? Check(HoconMerge.Over(value, result)) : throw Mixed("an object", value);
        return result;
    }

    private static HoconParseException Mixed(string other, HoconValue value)
    {
        string kind = value.Kind switch
        {
            HoconKind.Object => "an object",
            HoconKind.Array => "an array",
            _ => $"the {value.Kind.ToString().ToLowerInvariant()} \"{value.Text}\"",
        };
        return new HoconParseException($"{kind} cannot be concatenated with {other}", value.Origin);
    }
}
