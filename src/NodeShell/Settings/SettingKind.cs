using System.Text.RegularExpressions;

namespace Actors.NodeShell;

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
