namespace Actors.Configuration;

/// <summary>
/// Reads one text into a syntax tree, top down and without backtracking. Nothing is resolved here.
/// Split by concern: characters and errors here, fields, values, strings and includes in the other parts.
/// </summary>
internal sealed partial class HoconReader
{
    private readonly HoconSource _source;
    private readonly string _text;
    private readonly IHoconIncluder _includer;
    private readonly HoconReader? _includedBy;
    private readonly FieldReference[] _roots;
    private int _position;
    private int _depth;
    private int _includes;

    // The roots: where the root of this text, then of each text that includes it, lies in the document.
    private HoconReader(HoconSource source, IHoconIncluder includer, FieldReference[] roots, HoconReader? includedBy)
    {
        _source = source;
        _text = source.Text;
        _includer = includer;
        _roots = roots;
        _includedBy = includedBy;
        _depth = includedBy?._depth ?? 0;
    }

    /// <summary>Reads a whole document, whose root is an object or an array.</summary>
    /// <exception cref="HoconParseException">The text is not HOCON.</exception>
    public static HoconDocument Read(HoconSource source, IHoconIncluder includer)
    {
        var root = new ObjectNode(new HoconOrigin(source, 0));
        var reader = new HoconReader(source, includer, [new FieldReference(root, [])], null);
        reader.SkipWhitespaceAndComments();
        if (reader.Current != '[')
        {
            reader.ReadRootFields(root, reader._roots[0]);
            return new HoconDocument(root, root);
        }
        var array = reader.ReadArray();
        reader.ExpectEnd();
        return new HoconDocument(root, array);
    }

    /// <summary>The character at the position, or NUL at the end of the text (a NUL in the text is no HOCON outside of strings).</summary>
    private char Current => Peek(0);

    private bool IsAtEnd => _position >= _text.Length;

    private char Peek(int ahead) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    private bool IsAt(string token) => string.CompareOrdinal(_text, _position, token, 0, token.Length) == 0;

    private bool IsAtComment => Current == '#' || IsAt("//");

    private HoconOrigin Here => new(_source, _position);

    /// <summary>Skips whitespace that does not end a line.</summary>
    private void SkipBlanks()
    {
        while (!IsAtEnd && _text[_position] != '\n' && HoconCharacters.IsWhitespace(_text[_position]))
            _position++;
    }

    /// <summary>Skips everything that separates tokens. Returns whether a newline was among it.</summary>
    private bool SkipWhitespaceAndComments()
    {
        bool sawNewline = false;
        while (!IsAtEnd)
        {
            if (IsAtComment)
            {
                int end = _text.IndexOf('\n', _position);
                _position = end < 0 ? _text.Length : end;
            }
            else if (HoconCharacters.IsWhitespace(_text[_position]))
            {
                sawNewline |= _text[_position++] == '\n';
            }
            else
            {
                break;
            }
        }
        return sawNewline;
    }

    private void ExpectEnd()
    {
        SkipWhitespaceAndComments();
        if (!IsAtEnd)
            throw Error(Current is '}' or ']' ? $"'{Current}' closes nothing that is open" : $"expected the end of the text, found {Describe()}");
    }

    private void Enter(int levels = 1)
    {
        _depth += levels;
        if (_depth > HoconLimits.NestingMax)
            throw Error($"nested deeper than {HoconLimits.NestingMax} levels");
    }

    private string Describe() =>
        IsAtEnd ? "the end of the text"
        : Current == '\n' ? "the end of the line"
        : char.IsControl(Current) ? $"the character U+{(int)Current:X4}"
        : $"'{Current}'";

    private HoconParseException Error(string problem) => new(problem, Here);
}
