using System.Text;
using Akka.Configuration.Hocon;

namespace Actors.NodeShell;

/// <summary>A configuration file that a person wrote.</summary>
internal static class ConfigurationFile
{
    private const long BytesMax = 1024 * 1024;

    // A file that includes itself would go on for ever.
    private const int IncludesDeepMax = 16;

    private const string NodeSection = "actors";
    private const string AkkaSection = "akka";

    /// <param name="path">The file.</param>
    /// <param name="defaults">Says, beside Akka.NET's own defaults, which settings there are, and of what kind.</param>
    /// <exception cref="UsageException">It cannot be read, is not HOCON, sets something that does not exist, or gives a setting a value of another kind.</exception>
    /// <returns>The configuration, and what a person should know of it.</returns>
    public static (Config Config, IReadOnlyList<string> Warnings) Read(string path, Config defaults)
    {
        var text = ReadText(path);
        var config = Parse(path, text);
        var known = defaults.WithFallback(RemoteDefaults()).WithFallback(ConfigurationFactory.Default());
        foreach (var (section, _) in config.IsEmpty ? [] : config.AsEnumerable())
        {
            if (section is not (NodeSection or AkkaSection))
                throw NoSetting(section, Where(path, text, section));
        }
        foreach (var (setting, key) in Unknown(NodeSection))
            throw NoSetting(setting, Where(path, text, key));
        List<string> warnings =
        [
            .. Unknown(AkkaSection).Select(unread =>
                $"Warning: {Where(path, text, unread.Key)}: nothing here reads the setting \"{unread.Setting}\"; is it written as in hocon/?"),
        ];
        return (config, warnings);

        IEnumerable<(string Setting, string Key)> Unknown(string section) =>
            config.HasPath(section) ? UnknownIn(path, text, section, config.GetConfig(section), known) : [];
    }

    // Akka.NET brings the defaults of remoting along only with a system.
    private static Config RemoteDefaults() =>
        ConfigurationFactory.FromResource("Akka.Remote.Configuration.Remote.conf", typeof(RemoteActorRefProvider).Assembly);

    private static UsageException NoSetting(string setting, string where) =>
        new($"there is no setting \"{setting}\"", where, "see hocon/ for the settings that there are");

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
            CheckText(path, text);
            return string.IsNullOrWhiteSpace(text) ? ConfigurationFactory.Empty : ConfigurationFactory.ParseString(text, name => Include(path, name, 1));
        }
        // Akka.NET's parser has no exception of its own: whatever it throws, the text is at fault.
        catch (Exception e) when (e is not UsageException)
        {
            throw NotHocon(path, e.Message, e);
        }
    }

    private static void CheckText(string path, string text)
    {
        if (ConfigurationText.FindFault(text) is var (fault, line))
            throw NotHocon(path, $"{fault} (line {line})");
    }

    private static UsageException NotHocon(string path, string why, Exception? inner = null) =>
        new($"the configuration is not HOCON: {why}", $"--config {path}", "mend the file; hocon/ holds commented examples", inner);

    /// <summary>include "NAME": a file beside the one that names it. Unlike in HOCON's own rule, one that is missing is an error.</summary>
    private static HoconRoot Include(string from, string name, int depth)
    {
        if (depth > IncludesDeepMax)
            throw new UsageException($"{from} includes \"{name}\": files include each other more than {IncludesDeepMax} deep", $"--config {from}", "do files include each other in a circle?");
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(from))!, name);
        if (!File.Exists(file))
            throw new UsageException($"{from} includes \"{name}\", and there is no {file}", $"--config {from}", "name a file relative to the one that includes it");
        var text = ReadText(file);
        CheckText(file, text);
        return Parser.Parse(text, next => Include(file, next, depth + 1));
    }

    /// <summary>The settings that have no default, with their last parts.</summary>
    /// <exception cref="UsageException">A value stands where a section belongs, or is of another kind than the default.</exception>
    private static IEnumerable<(string Setting, string Key)> UnknownIn(string file, string text, string prefix, Config section, Config known)
    {
        // Without its settings the node would run with none at all, not even the defaults.
        if (!section.Root.IsObject())
            throw new UsageException($"\"{prefix}\" is a section, not a value", Where(file, text, prefix[(prefix.LastIndexOf('.') + 1)..]), "put its settings in braces");
        foreach (var (key, value) in section.AsEnumerable())
        {
            var name = key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : $"\"{key}\"";
            var path = $"{prefix}.{name}";
            // Deployments are named by paths of actors.
            if (key.StartsWith('/'))
                continue;
            if (!known.HasPath(path))
                yield return (path, key);
            else if (!value.IsObject() && known.GetValue(path) is { } standard && standard.IsString())
                CheckKind(file, text, path, name, section, standard.GetString());
            // An empty section is filled as its user likes.
            else if (known.GetValue(path).IsObject() ? known.GetConfig(path).AsEnumerable().Any() : value.IsObject())
            {
                foreach (var unknown in UnknownIn(file, text, path, section.GetConfig(name), known))
                    yield return unknown;
            }
        }
    }

    /// <exception cref="UsageException">The value is of another kind than the default.</exception>
    private static void CheckKind(string file, string text, string path, string name, Config section, string standard)
    {
        if (SettingKind.Of(standard) is not { } kind || kind.Fits(section, name))
            return;
        // Akka.NET takes off for some of its numbers, and a number for some of its switches.
        if (path.StartsWith(AkkaSection + '.', StringComparison.Ordinal) && SettingKind.Of(section.GetString(name)) is not null)
            return;
        throw new UsageException($"the setting \"{path}\" is {kind.Name}, not \"{section.GetString(name)}\"", Where(file, text, name), "compare it with the commented defaults in hocon/");
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
