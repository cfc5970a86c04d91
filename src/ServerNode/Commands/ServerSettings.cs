using Actors.NodeShell;
using Actors.Server.Registry;

namespace Actors.Server.Commands;

/// <summary>What a server node is told by its configuration and its command line.</summary>
internal sealed record ServerSettings
{
    private const string Tcp = "akka.remote.dot-netty.tcp.";

    public required Config Config { get; init; }

    /// <summary>What the person who configured it should know, for the story.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public required HostAddress Listen { get; init; }

    /// <summary>Null: no console.</summary>
    public required HostAddress? Console { get; init; }

    public required string DataDirectory { get; init; }

    public required IReadOnlyList<string> Shares { get; init; }

    public required RegistryLimits Limits { get; init; }

    public required int DatabaseCacheKiB { get; init; }

    /// <summary>What content leaves free of the disk with the data directory.</summary>
    public required long DiskReserveBytes { get; init; }

    public required TimeSpan KeepUploads { get; init; }

    /// <param name="file">--config; null: none.</param>
    /// <param name="listen">--listen; null: as configured.</param>
    /// <param name="console">--console; null: as configured.</param>
    /// <param name="data">--data; null: as configured.</param>
    /// <exception cref="UsageException">Something is set that cannot be.</exception>
    public static ServerSettings Load(string? file, string? listen, string? console, string? data)
    {
        HostAddress? told = listen is null ? null : HostAddress.Parse(listen, "--listen").AsNumber();
        var configuration = NodeConfiguration.Load(
            typeof(ServerSettings).Assembly, "server.conf", file,
            (Tcp + "hostname", told?.Host), (Tcp + "port", told?.Port.ToString()),
            ("actors.server.console", console), ("actors.server.data-directory", data));
        var settings = configuration.Read(Read);
        settings.Check(file);
        return settings with { Warnings = [.. configuration.Warnings, .. settings.Dangers()] };
    }

    private static ServerSettings Read(Config config)
    {
        var server = config.GetConfig("actors.server");
        var console = server.GetString("console", "off");
        return new ServerSettings
        {
            Config = config,
            Listen = new HostAddress(config.GetString(Tcp + "hostname", ""), config.GetInt(Tcp + "port", 0)).AsNumber(),
            Console = console == "off" ? null : HostAddress.Parse(console, "--console"),
            DataDirectory = server.GetString("data-directory", ""),
            Shares = [.. server.GetStringList("shares", [])],
            DatabaseCacheKiB = (int)Math.Max(1, (server.GetByteSize("database-cache") ?? 0) / 1024),
            DiskReserveBytes = server.GetByteSize("disk-reserve") ?? 0,
            KeepUploads = server.GetTimeSpan("keep-uploads"),
            Limits = new RegistryLimits
            {
                ClientsMax = server.GetInt("clients-max", 0),
                JoinsWaitingMax = server.GetInt("clients-max", 0),
                PushBytesWaitingMax = server.GetByteSize("push-bytes-waiting-max") ?? 0,
                BatchCommandsMax = server.GetInt("batch-commands-max", 0),
                BatchBytesMax = server.GetByteSize("batch-bytes-max") ?? 0,
            },
        };
    }

    private IEnumerable<string> Dangers()
    {
        if (Listen.IsAny && Config.GetString(Tcp + "public-hostname", "") == "")
            yield return $"Warning: no client can be told to reach a server at {Listen}: listen on one address, or set {Tcp}public-hostname to it";
        if (!Listen.IsLoopback && !NodeTls.IsMutual(Config))
            yield return $"Warning: every user who can reach {Listen} can read and change all files: TLS hides what travels, and only {Tcp}ssl.require-mutual-authentication keeps strangers out (see docs/security.md)";
    }

    private void Check(string? file)
    {
        var where = file is null ? "options and defaults" : $"--config {file}";
        if (!Listen.IsLoopback && !NodeTls.IsOn(Config))
        {
            throw new UsageException(
                $"{Listen} can be reached from other machines, and without TLS every user there could read and change all files",
                "--listen",
                "listen on a loopback address such as 127.0.0.1:2346, or switch on TLS (akka.remote.dot-netty.tcp.enable-ssl, see hocon/server.conf)");
        }
        if (Shares.Count == 0)
            throw new UsageException("there is no share", where, "set actors.server.shares");
        if (KeepUploads < TimeSpan.FromMinutes(1))
            throw new UsageException("uploads are forgotten before they can be finished", where, "set actors.server.keep-uploads to some hours");
        if (Limits.ClientsMax < 1 || Limits.BatchCommandsMax < 1 || Limits.BatchBytesMax < 1 || Limits.PushBytesWaitingMax < Messages.Limits.MessageBytesMax)
            throw new UsageException("a limit is too small to work with", where, "compare actors.server with the commented defaults in hocon/server.conf");
    }
}
