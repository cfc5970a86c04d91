namespace Actors.Configuration;

internal sealed partial class HoconReader
{
    private const string IncludeKeyword = "include";

    /// <summary>Whether the word include, and not a longer key that begins with it, stands where a key would.</summary>
    private bool IsAtInclude()
    {
        if (!IsAt(IncludeKeyword))
            return false;
        int end = _position + IncludeKeyword.Length;
        return end == _text.Length
            || HoconCharacters.IsForbiddenUnquoted(_text[end])
            || string.CompareOrdinal(_text, end, "//", 0, 2) == 0;
    }

    private void ReadInclude(ObjectNode target, FieldReference place)
    {
        var origin = Here;
        _position += IncludeKeyword.Length;
        SkipWhitespaceAndComments();
        bool isRequired = TakeCall("required");
        if (isRequired)
            SkipWhitespaceAndComments();
        bool isFile = TakeCall("file");
        if (!isFile && (IsAt("url(") || IsAt("classpath(")))
            throw Error("include url() and include classpath() are not supported");
        if (isFile)
            SkipWhitespaceAndComments();
        if (Current != '"')
            throw Error($"include must be followed by a quoted name, file(\"name\") or required(...), found {Describe()}");
        string name = ReadQuoted();
        for (int parentheses = (isFile ? 1 : 0) + (isRequired ? 1 : 0); parentheses > 0; parentheses--)
        {
            SkipWhitespaceAndComments();
            if (Current != ')')
                throw Error($"expected ')', found {Describe()}");
            _position++;
        }
        Include(new HoconInclude(name, isFile, _source.Name, origin), isRequired, target, place);
    }

    private bool TakeCall(string function)
    {
        if (!IsAt(function) || Peek(function.Length) != '(')
            return false;
        _position += function.Length + 1;
        return true;
    }

    private void Include(HoconInclude include, bool isRequired, ObjectNode target, FieldReference place)
    {
        var found = _includer.Find(include);
        if (isRequired && found.Count == 0)
            throw new HoconParseException($"the required include \"{include.Name}\" was not found", include.Origin);
        FieldReference[] roots = [place, .. _roots];
        foreach (var included in found)
        {
            if (included.Document is { } document)
            {
                target.Absorb(Transplant.Into(document, roots, include.Origin));
                continue;
            }
            var source = included.Source!;
            RefuseEndless(source, include.Origin);
            var reader = new HoconReader(source, _includer, roots, this);
            reader.SkipWhitespaceAndComments();
            if (reader.Current == '[')
                throw reader.Error("an included file must hold an object, not an array");
            reader.ReadRootFields(target, place);
        }
    }

    private void RefuseEndless(HoconSource source, HoconOrigin origin)
    {
        int depth = 0;
        var outermost = this;
        for (var reader = this; reader is not null; reader = reader._includedBy)
        {
            outermost = reader;
            if (++depth > HoconLimits.IncludeDepthMax)
                throw new HoconParseException($"includes nest deeper than {HoconLimits.IncludeDepthMax} files", origin);
            if (source.Name is not null && reader._source.Name == source.Name)
                throw new HoconParseException($"{source.Name} includes itself", origin);
        }
        if (++outermost._includes > HoconLimits.IncludesMax)
            throw new HoconParseException($"more than {HoconLimits.IncludesMax} files are included", origin);
    }
}
