#nullable disable annotations // As in Akka.NET, whose users' code must compile unchanged under <Nullable>enable</Nullable>.
namespace Actors.Configuration;

/// <summary>Reads HOCON as <see cref="ConfigurationFactory"/> does, for use in include callbacks.</summary>
public static class Parser
{
    /// <summary>Reads a text. Substitutions stay open until the value of the result is asked for or it is included somewhere.</summary>
    /// <param name="text">The text.</param>
    /// <param name="includeCallback">Gives the document that an include names, or null if there is none. Without a callback, files are included.</param>
    /// <exception cref="HoconParseException">The text is not HOCON.</exception>
    public static HoconRoot Parse(string text, Func<string, HoconRoot> includeCallback)
    {
        ArgumentNullException.ThrowIfNull(text);
        IHoconIncluder includer = includeCallback is null ? FileIncluder.Instance : new CallbackIncluder(includeCallback);
        return new HoconRoot(HoconReader.Read(new HoconSource(text, null), includer), HoconOptions.Default);
    }
}
