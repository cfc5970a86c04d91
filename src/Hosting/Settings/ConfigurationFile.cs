using System.Text;

namespace Actors.Hosting;

/// <summary>A configuration file that a person wrote.</summary>
internal static class ConfigurationFile
{
    private const long BytesMax = 1024 * 1024;

    // A file that includes itself would go on for ever.
    private const int IncludesDeepMax = 16;

    // The section in which a setting without a default is refused.
    private const string NodeSection = "actors";

    // The section of the runtime: the file may have been written for the other one too.
    private const string RuntimeSection = "akka";

    /// <param name="path">The file.</param>
    /// <param name="defaults">Says, beside the runtime's own defaults, which settings there are.</param>
    /// <exception cref="UsageException">It cannot be read, is not HOCON, or sets something that does not exist.</exception>
    /// <returns>The configuration, and what a person should know of it.</returns>
    public static (Config Config, IReadOnlyList<string> Warnings) Read(string path, Config defaults)
    {
        var text = ReadText(path);
        var config = Parse(path, text);
        var known = defaults.WithFallback(ConfigurationFactory.Default());
        foreach (var (setting, key) in Unknown(NodeSection))
            throw new UsageException($"there is no setting \"{setting}\"", Where(path, text, key), "see hocon/ for the settings that there are");
        // Akka.NET brings the defaults of remoting along only with a system.
        return (config, !ConfigurationFactory.Default().HasPath("akka.remote")
            ? []
            : [.. Unknown(RuntimeSection).Select(unread =>
                $"Warning: {Where(path, text, unread.Key)}: nothing here reads the setting \"{unread.Setting}\"; is it written as in hocon/?")]);

        IEnumerable<(string Setting, string Key)> Unknown(string section) =>
            config.HasPath(section) ? UnknownIn(path, text, section, config.GetConfig(section), known) : [];
    }

    private static string ReadText(string path)
    {
        try
        {
            if (new FileInfo(path).Length > BytesMax)
                throw new UsageException($"{path} is larger than {BytesMax} bytes", $"--config {path}", "name a configuration file");
            return File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new UsageException($"the configuration cannot be read: {e.Message}", $"--config {path}", "name a file that exists and may be read", e);
        }
    }

    private static Config Parse(string path, string text)
    {
        try
        {
            if (string.IsNullOrWhiteSpace(text))
                return ConfigurationFactory.Empty;
            return ConfigurationFactory.ParseString(text, name => Include(path, name, 1));
        }
        catch (UsageException)
        {
            throw;
        }
        // The two runtimes' parsers have exceptions of their own; whatever they throw, the text is at fault.
        catch (Exception e)
        {
            throw new UsageException($"the configuration is not HOCON: {e.Message}", $"--config {path}", "mend the file; hocon/ holds commented examples", e);
        }
    }

    /// <summary>include "NAME": a file beside the one that names it. Unlike in HOCON's own rule, one that is missing is an error.</summary>
    private static HoconRoot Include(string from, string name, int depth)
    {
        if (depth > IncludesDeepMax)
            throw new UsageException($"{from} includes \"{name}\": files include each other more than {IncludesDeepMax} deep", $"--config {from}", "do files include each other in a circle?");
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(from))!, name);
        if (!File.Exists(file))
            throw new UsageException($"{from} includes \"{name}\", and there is no {file}", $"--config {from}", "name a file relative to the one that includes it");
        return HoconTextParser.Parse(ReadText(file), next => Include(file, next, depth + 1));
    }

    /// <summary>The settings that have no default, with their last parts.</summary>
    /// <exception cref="UsageException">A value stands where a section belongs.</exception>
    private static IEnumerable<(string Setting, string Key)> UnknownIn(string file, string text, string prefix, Config section, Config known)
    {
        // Without its settings the node would run with none at all, not even the defaults.
        if (!section.Root.IsObject())
            throw new UsageException($"\"{prefix}\" is a section, not a value", Where(file, text, prefix[(prefix.LastIndexOf('.') + 1)..]), "put its settings in braces");
        foreach (var (key, value) in section.AsEnumerable())
        {
            var path = prefix + '.' + (key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : $"\"{key}\"");
            if (!known.HasPath(path))
                yield return (path, key);
            // An empty section, such as the one for deployments, is filled as its user likes.
            else if (known.GetValue(path).IsObject() ? known.GetConfig(path).AsEnumerable().Any() : value.IsObject())
            {
                foreach (var unknown in UnknownIn(file, text, path, section.GetConfig(key), known))
                    yield return unknown;
            }
        }
    }

    private static string Where(string file, string text, string key) =>
        $"--config {file}{(LineOf(text, key) is { } line ? $", line {line}" : "")}";

    // A help for people: the first line outside comments that names the key.
    private static int? LineOf(string text, string key)
    {
        var lines = text.Split('\n');
        for (var index = 0; index < lines.Length; index++)
        {
            var line = lines[index].TrimStart();
            if (!line.StartsWith('#') && !line.StartsWith("//", StringComparison.Ordinal) && line.Contains(key, StringComparison.Ordinal))
                return index + 1;
        }
        return null;
    }
}
