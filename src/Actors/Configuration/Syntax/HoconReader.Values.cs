using System.Text;

namespace Actors.Configuration;

internal sealed partial class HoconReader
{
    /// <summary>Reads the pieces of one value up to the end of the line, a comma, a closing bracket or a comment. The position is at the first piece.</summary>
    /// <param name="place">The path of the field that gets the value, or null for an element of an array.</param>
    private SyntaxNode ReadValue(FieldReference? place)
    {
        var origin = Here;
        var pieces = new List<SyntaxNode>();
        while (true)
        {
            int blanksStart = _position;
            SkipBlanks();
            if (IsAtEnd || Current is '\n' or ',' or '}' or ']' || IsAtComment)
                break;
            if (pieces.Count > 0 && _position > blanksStart)
                pieces.Add(new WhitespaceNode(new HoconOrigin(_source, blanksStart), _text[blanksStart.._position]));
            pieces.Add(ReadPiece(place));
        }
        return pieces.Count switch
        {
            0 => throw Error($"expected a value, found {Describe()}"),
            1 => pieces[0],
            _ => Concatenate(origin, pieces),
        };
    }

    private SyntaxNode ReadPiece(FieldReference? place)
    {
        switch (Current)
        {
            case '{':
                var node = new ObjectNode(Here);
                ReadObject(node, place ?? new FieldReference(node, []));
                return node;
            case '[':
                return ReadArray();
            case '"':
                var origin = Here;
                return new ScalarNode(origin, HoconKind.String, ReadQuoted());
            case '$' when Peek(1) == '{':
                return ReadSubstitution();
            default:
                return ReadUnquoted();
        }
    }

    /// <summary>A concatenation of nothing but texts is one text already; any other is joined once its substitutions are resolved.</summary>
    private static SyntaxNode Concatenate(HoconOrigin origin, List<SyntaxNode> pieces)
    {
        if (!pieces.TrueForAll(piece => piece is ScalarNode or WhitespaceNode))
            return new ConcatenationNode(origin, pieces);
        var text = new StringBuilder();
        foreach (var piece in pieces)
            text.Append(piece is ScalarNode scalar ? scalar.Text : ((WhitespaceNode)piece).Text);
        return new ScalarNode(origin, HoconKind.String, text.ToString());
    }

    private ArrayNode ReadArray()
    {
        var open = Here;
        _position++;
        Enter();
        var elements = new List<SyntaxNode>();
        SkipWhitespaceAndComments();
        while (Current != ']' || IsAtEnd)
        {
            if (IsAtEnd)
                throw new HoconParseException("'[' is not closed: expected ']', found the end of the text", open);
            if (Current == ',')
                throw Error("a comma must follow an element, and only one");
            elements.Add(ReadValue(place: null));
            if (!SkipSeparator() && Current != ']')
                throw Error($"expected a comma, a newline or ']' after an element, found {Describe()}");
        }
        _position++;
        _depth--;
        return new ArrayNode(open, elements);
    }

    private SubstitutionNode ReadSubstitution()
    {
        var origin = Here;
        _position += 2;
        bool isOptional = Current == '?';
        if (isOptional)
            _position++;
        string[] path = ReadPath(isKey: false);
        if (path.Length > HoconLimits.NestingMax)
            throw Error($"nested deeper than {HoconLimits.NestingMax} levels");
        bool isList = IsAt("[]");
        if (isList)
            _position += 2;
        SkipBlanks();
        if (Current != '}')
            throw Error($"'${{' is not closed: expected '}}', found {Describe()}");
        _position++;
        return new SubstitutionNode(origin, path, Array.ConvertAll(_roots, root => root.Child(path))) { IsOptional = isOptional, IsList = isList };
    }

    private ScalarNode ReadUnquoted()
    {
        var origin = Here;
        int start = _position;
        _position = FindNumberEnd();
        while (!IsAtEnd && !HoconCharacters.IsForbiddenUnquoted(Current) && !IsAt("//"))
            _position++;
        if (_position == start)
            throw Error($"{Describe()} must be quoted to be part of a value");
        string text = _text[start.._position];
        var kind = text switch
        {
            "null" => HoconKind.Null,
            "true" or "false" => HoconKind.Boolean,
            _ => HoconCharacters.IsNumber(text) ? HoconKind.Number : HoconKind.String,
        };
        return new ScalarNode(origin, kind, text);
    }

    /// <summary>The end of the number that begins here, or this position. A plus is forbidden in unquoted strings but may be the sign of an exponent.</summary>
    private int FindNumberEnd()
    {
        if (!char.IsAsciiDigit(Current) && Current != '-')
            return _position;
        int end = _position;
        while (end < _text.Length && (char.IsAsciiDigit(_text[end]) || _text[end] is '-' or '+' or '.' or 'e' or 'E'))
            end++;
        return HoconCharacters.IsNumber(_text.AsSpan(_position, end - _position)) ? end : _position;
    }
}
