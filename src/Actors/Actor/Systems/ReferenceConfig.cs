using Actors.Configuration;

namespace Actors.Runtime;

/// <summary>The defaults of every key, from the file <c>reference.conf</c> inside the assembly.</summary>
internal static class ReferenceConfig
{
    private static readonly Lazy<Config> Parsed = new(Read);

    public static Config Instance => Parsed.Value;

    private static Config Read()
    {
        using Stream stream = typeof(ReferenceConfig).Assembly.GetManifestResourceStream("reference.conf")!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
