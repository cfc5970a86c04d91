namespace Actors.Configuration;

/// <summary>What reading HOCON takes from outside of the text. Own extension, Akka.NET has no counterpart.</summary>
public sealed record HoconOptions
{
    /// <summary>Includes from files and looks up the environment of this process.</summary>
    public static HoconOptions Default { get; } = new();

    /// <summary>Values for substitutions that the text does not define, by name; null for none. The default reads environment variables.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>A configuration below the text: the text's substitutions see it, and the text's values override or merge with it.</summary>
    public Config? Fallback { get; init; }

    internal IHoconIncluder Includer { get; init; } = FileIncluder.Instance;
}
