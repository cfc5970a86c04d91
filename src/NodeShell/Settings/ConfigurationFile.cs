using System.Text;
using System.Text.RegularExpressions;
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
        new($"the configuration is not HOCON: {why}", $"--config {path}", "correct the file; hocon/ holds commented examples", inner);

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

/// <summary>
/// What Akka.NET's HOCON parser does not see or does not survive: it closes brackets and strings by itself, and a
/// substitution that refers to itself ends the process.
/// </summary>
internal static class ConfigurationText
{
    /// <summary>The first fault and its line; null: none.</summary>
    public static (string Fault, int Line)? FindFault(string text)
    {
        var open = new Stack<(char Bracket, int Line)>();
        var line = 1;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\n':
                    line++;
                    break;
                case '#':
                case '/' when Follows(text, at, "//"):
                    at = EndOf(text, at, "\n") - 1;
                    break;
                case '"':
                    var end = EndOfString(text, at);
                    if (end < 0)
                        return ("a string is not closed", line);
                    line += text.AsSpan(at, end - at).Count('\n');
                    at = end - 1;
                    break;
                case '{' or '[':
                    open.Push((text[at], line));
                    break;
                case '}' or ']':
                    if (!open.TryPop(out var last) || last.Bracket != (text[at] == '}' ? '{' : '['))
                        return ($"'{text[at]}' closes nothing", line);
                    break;
                case '$' when Follows(text, at, "${"):
                    return ("substitutions (${...}) cannot be used here: write the value", line);
                case '+' when Follows(text, at, "+="):
                    return ("'+=' cannot be used here: write the whole list", line);
            }
        }
        return open.TryPop(out var left) ? ($"'{left.Bracket}' is not closed", left.Line) : null;
    }

    /// <summary>Behind the string that begins here; negative: it does not end.</summary>
    private static int EndOfString(string text, int start)
    {
        if (Follows(text, start, "\"\"\""))
        {
            var end = text.IndexOf("\"\"\"", start + 3, StringComparison.Ordinal);
            return end < 0 ? -1 : end + 3;
        }
        for (var at = start + 1; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == '"')
                return at + 1;
            if (text[at] == '\\')
                at++;
        }
        return -1;
    }

    private static bool Follows(string text, int at, string what) => string.CompareOrdinal(text, at, what, 0, what.Length) == 0;

    private static int EndOf(string text, int start, string what)
    {
        var end = text.IndexOf(what, start, StringComparison.Ordinal);
        return end < 0 ? text.Length : end;
    }
}

/// <summary>What kind of value a setting has, as the form of its default shows.</summary>
internal sealed partial class SettingKind
{
    private static readonly SettingKind[] All =
    [
        new(Switch(), "on or off", (config, path) => config.GetBoolean(path)),
        new(WholeNumber(), "a whole number", (config, path) => config.GetLong(path)),
        new(DecimalNumber(), "a number", (config, path) => config.GetDouble(path)),
        new(Duration(), "a duration, such as 5s or 100ms", (config, path) => config.GetTimeSpan(path)),
        new(Size(), "a size, such as 4MiB", (config, path) => config.GetByteSize(path)),
    ];

    private readonly Regex _form;
    private readonly Action<Config, string> _read;

    private SettingKind(Regex form, string name, Action<Config, string> read)
    {
        _form = form;
        Name = name;
        _read = read;
    }

    /// <summary>For people: "a whole number".</summary>
    public string Name { get; }

    /// <summary>Null: any text will do.</summary>
    public static SettingKind? Of(string defaultValue) => Array.Find(All, kind => kind._form.IsMatch(defaultValue));

    public bool Fits(Config config, string path)
    {
        try
        {
            _read(config, path);
            return true;
        }
        // Akka.NET has several exceptions for a text that it cannot convert.
        catch (Exception e) when (e is ConfigurationException or FormatException or OverflowException or ArgumentException or NotSupportedException or InvalidCastException)
        {
            return false;
        }
    }

    [GeneratedRegex("^(on|off|true|false|yes|no)$")]
    private static partial Regex Switch();

    [GeneratedRegex(@"^-?\d+$")]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^-?\d+\.\d+$")]
    private static partial Regex DecimalNumber();

    [GeneratedRegex(@"^\d+(\.\d+)?\s*(ms|s|m|min|h|d)$")]
    private static partial Regex Duration();

    [GeneratedRegex(@"^\d+\s*([KMG]i?)?[bB]$")]
    private static partial Regex Size();
}
