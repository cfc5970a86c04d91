using System.Text;

namespace Actors.Configuration;

internal sealed partial class HoconReader
{
    private void ReadRootFields(ObjectNode target, FieldReference place)
    {
        SkipWhitespaceAndComments();
        if (Current == '{')
            ReadObject(target, place);
        else
            ReadFields(target, place, isBraced: false);
        ExpectEnd();
    }

    private void ReadObject(ObjectNode target, FieldReference place)
    {
        var open = Here;
        _position++;
        Enter();
        ReadFields(target, place, isBraced: true);
        if (Current != '}')
            throw new HoconParseException($"'{{' is not closed: expected '}}', found {Describe()}", IsAtEnd ? open : Here);
        _position++;
        _depth--;
    }

    /// <summary>Reads fields and includes up to the closing brace (not consumed) or the end of the text.</summary>
    private void ReadFields(ObjectNode target, FieldReference place, bool isBraced)
    {
        SkipWhitespaceAndComments();
        while (!IsAtEnd && Current != '}')
        {
            if (Current == ',')
                throw Error("a comma must follow a field, and only one");
            if (IsAtInclude())
                ReadInclude(target, place);
            else
                ReadField(target, place);
            if (!SkipSeparator() && !IsAtEnd && Current != '}')
                throw Error($"expected a comma or a newline after a field, found {Describe()}");
        }
        if (!isBraced && Current == '}')
            throw Error("'}' closes nothing that is open");
    }

    /// <summary>Skips what stands between two fields or elements: newlines and at most one comma. Returns whether any of these was there.</summary>
    private bool SkipSeparator()
    {
        bool isSeparated = SkipWhitespaceAndComments();
        if (Current != ',' || IsAtEnd)
            return isSeparated;
        _position++;
        SkipWhitespaceAndComments();
        return true;
    }

    private void ReadField(ObjectNode target, FieldReference place)
    {
        var origin = Here;
        string[] path = ReadPath(isKey: true);
        SkipWhitespaceAndComments();
        bool isAppend = IsAt("+=");
        if (isAppend)
            _position += 2;
        else if (Current is ':' or '=' && !IsAtEnd)
            _position++;
        else if (Current != '{' || IsAtEnd)
            throw Error($"expected '=', ':', '+=' or '{{' after the key '{string.Join('.', path)}', found {Describe()}");
        SkipWhitespaceAndComments();

        Enter(path.Length);
        var field = place.Child(path);
        // What is appended becomes an element of an array, which no path leads into.
        var value = ReadValue(isAppend ? null : field);
        if (isAppend)
        {
            var previous = new SubstitutionNode(origin, [], [field]) { IsOptional = true };
            value = new ConcatenationNode(origin, [previous, new ArrayNode(value.Origin, [value])]) { IsAppend = true };
        }
        target.Add(path, value);
        _depth -= path.Length;
    }

    /// <summary>
    /// Reads a path expression up to the first character that cannot belong to it: text outside of quotes is cut at dots,
    /// whitespace inside is kept, whitespace at either end is not.
    /// </summary>
    private string[] ReadPath(bool isKey)
    {
        var start = Here;
        var elements = new List<string>();
        var element = new StringBuilder();
        bool isQuoted = false;
        var pendingBlanks = new StringBuilder();
        SkipBlanks();
        int numberEnd = FindNumberEnd();
        while (!IsAtEnd && !IsAtComment)
        {
            char c = Current;
            if (c == '"')
            {
                element.Append(pendingBlanks).Append(ReadQuoted());
                pendingBlanks.Clear();
                isQuoted = true;
                numberEnd = FindNumberEnd();
            }
            else if (c == '.')
            {
                element.Append(pendingBlanks);
                pendingBlanks.Clear();
                EndElement();
                _position++;
            }
            else if (c != '\n' && HoconCharacters.IsWhitespace(c))
            {
                pendingBlanks.Append(c);
                _position++;
                numberEnd = FindNumberEnd();
            }
            else if (!HoconCharacters.IsForbiddenUnquoted(c) || _position < numberEnd)
            {
                element.Append(pendingBlanks).Append(c);
                pendingBlanks.Clear();
                _position++;
            }
            else
            {
                break;
            }
        }
        if (elements.Count == 0 && element.Length == 0 && !isQuoted)
            throw Error($"expected {(isKey ? "a key" : "a path")}, found {Describe()}");
        EndElement();
        return [.. elements];

        void EndElement()
        {
            if (element.Length == 0 && !isQuoted)
                throw new HoconParseException("a path may not begin or end with '.' or hold '..'; an empty element must be quoted", start);
            elements.Add(element.ToString());
            element.Clear();
            isQuoted = false;
        }
    }
}
