using System.Reflection;
using System.Text;

namespace Actors.NodeShell;

/// <summary>
/// A node's configuration: the options of the command line over the file named by --config over the commented
/// defaults (hocon/*.conf, embedded in the executable).
/// </summary>
public sealed class NodeConfiguration
{
    private readonly string _where;

    private NodeConfiguration(Config config, IReadOnlyList<string> warnings, string where)
    {
        Config = config;
        Warnings = warnings;
        _where = where;
    }

    /// <summary>What nodes have in common about remoting (hocon/remoting.conf).</summary>
    public static Config Remoting { get; } = ConfigurationFactory.ParseString(Embedded(typeof(NodeConfiguration).Assembly, "remoting.conf"));

    /// <summary>What the actor system is made with.</summary>
    public Config Config { get; }

    /// <summary>What the author of the file should know, for the story.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <param name="defaults">The assembly that embeds the defaults.</param>
    /// <param name="resource">The embedded resource: "server.conf".</param>
    /// <param name="file">The file named by --config; null: none.</param>
    /// <param name="options">Paths and values that options of the command line set; those whose value is null are left out.</param>
    /// <exception cref="UsageException">The file cannot be read, is not HOCON, or sets something that does not exist.</exception>
    public static NodeConfiguration Load(
        Assembly defaults, string resource, string? file, params ReadOnlySpan<(string Path, string? Value)> options)
    {
        return Load(Embedded(defaults, resource), file, options);
    }

    /// <summary>The same, with the text of the defaults.</summary>
    public static NodeConfiguration Load(
        string defaults, string? file, params ReadOnlySpan<(string Path, string? Value)> options)
    {
        var config = ConfigurationFactory.ParseString(defaults).WithFallback(Remoting);
        IReadOnlyList<string> warnings = [];
        if (file is not null)
        {
            (var written, warnings) = ConfigurationFile.Read(file, config);
            config = written.WithFallback(config);
        }
        var overlay = Overlay(options);
        if (overlay.Length > 0)
            config = ConfigurationFactory.ParseString(overlay).WithFallback(config);
        return new NodeConfiguration(config, warnings, file is null ? "options and defaults" : $"--config {file}");
    }

    /// <summary>Reads settings out of the configuration; a value of the wrong kind is wrong usage.</summary>
    /// <exception cref="UsageException">A value cannot be what <paramref name="read"/> asks for.</exception>
    public T Read<T>(Func<Config, T> read)
    {
        try
        {
            return read(Config);
        }
        catch (Exception e) when (e is ConfigurationException or FormatException or OverflowException or ArgumentException)
        {
            throw new UsageException(
                $"a setting has a value that it cannot have: {e.Message}", _where, "compare it with the commented defaults in hocon/", e);
        }
    }

    private static string Embedded(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} embeds no {resource}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static string Overlay(ReadOnlySpan<(string Path, string? Value)> options)
    {
        var text = new StringBuilder();
        foreach (var (path, value) in options)
        {
            if (value is not null)
                text.Append(path).Append(" = ").Append(Quoted(value)).Append('\n');
        }
        return text.ToString();
    }

    private static string Quoted(string value) =>
        '"' + value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t") + '"';
}
