namespace Actors.Configuration;

/// <summary>Reads HOCON from files, with includes beside them. Own extension: Akka.NET reads strings only.</summary>
public static class HoconParser
{
    /// <summary>Reads a file, which must be UTF-8. Relative includes in it are looked for beside it.</summary>
    /// <exception cref="HoconParseException">The file cannot be read, is not HOCON, or has a substitution without value.</exception>
    public static Config ParseFile(string path, HoconOptions? options = null) =>
        Parse(FileIncluder.Load(path, default), options);

    /// <summary>Reads a text; the name, if any, is what errors call it and the path beside which its includes are looked for.</summary>
    /// <exception cref="HoconParseException">The text is not HOCON, or has a substitution without value.</exception>
    public static Config ParseString(string text, string? name = null, HoconOptions? options = null) =>
        Parse(new HoconSource(text, name), options);

    private static Config Parse(HoconSource source, HoconOptions? options)
    {
        options ??= HoconOptions.Default;
        return new Config(new HoconRoot(HoconReader.Read(source, options.Includer), options));
    }
}
