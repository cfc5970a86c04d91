#nullable disable annotations // As in Akka.NET, whose users' code must compile unchanged under <Nullable>enable</Nullable>.
using System.Reflection;
using System.Text.Json;

namespace Actors.Configuration;

/// <summary>Makes configurations.</summary>
public static class ConfigurationFactory
{
    /// <summary>A configuration without fields.</summary>
    public static Config Empty => Config.Empty;

    /// <summary>The defaults of every key of the runtime.</summary>
    public static Config Default() => Runtime.ReferenceConfig.Instance;

    /// <summary>Reads HOCON. Includes of files by absolute path are followed; substitutions that the text does not define are looked up in the environment.</summary>
    /// <exception cref="ConfigurationException">The text is not HOCON, or has a substitution without value.</exception>
    public static Config ParseString(string hocon) => ParseString(hocon, null);

    /// <summary>Reads HOCON whose includes come from a callback.</summary>
    /// <param name="hocon">The text.</param>
    /// <param name="includeCallback">Gives the document that an include names, or null if there is none.</param>
    /// <exception cref="ConfigurationException">The text is not HOCON, or has a substitution without value.</exception>
    public static Config ParseString(string hocon, Func<string, HoconRoot> includeCallback) =>
        AsConfigurationException(() => new Config(Parser.Parse(hocon, includeCallback)));

    /// <summary>Makes a configuration of the public properties of an object, as they would be in JSON.</summary>
    public static Config FromObject(object source) => ParseString(JsonSerializer.Serialize(source));

    /// <summary>Reads an embedded resource of the assembly that holds the type.</summary>
    /// <exception cref="ConfigurationException">There is no such resource.</exception>
    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <summary>Reads an embedded resource of the assembly that holds the type of the instance.</summary>
    /// <exception cref="ConfigurationException">There is no such resource.</exception>
    public static Config FromResource(string resourceName, object instanceInAssembly) =>
        FromResource(resourceName, instanceInAssembly as Assembly ?? (instanceInAssembly as Type ?? instanceInAssembly.GetType()).Assembly);

    /// <summary>Reads an embedded resource.</summary>
    /// <exception cref="ConfigurationException">There is no such resource.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"The assembly {assembly.GetName().Name} has no resource {resourceName}.");
        using var reader = new StreamReader(stream);
        string hocon = reader.ReadToEnd();
        return AsConfigurationException(() => HoconParser.ParseString(hocon, resourceName));
    }

    /// <summary>Exactly that type, as in Akka.NET, whose users assert it; the position is in the message, and in the inner exception.</summary>
    private static Config AsConfigurationException(Func<Config> read)
    {
        try
        {
            return read();
        }
        catch (HoconParseException e)
        {
            throw new ConfigurationException(e.Message, e);
        }
    }
}
