using System.Net;
using System.Net.Sockets;
using System.Text;
using Actors.Client.Cache;
using Actors.Client.Connection;
using Actors.Client.Watcher;
using Actors.Messages;
using Actors.NodeShell;

namespace Actors.Client.Commands;

/// <summary>What a client node is told by its configuration and its command line.</summary>
internal sealed record ClientSettings
{
    public required Config Config { get; init; }

    /// <summary>Warnings about the configuration, for the story.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>In full.</summary>
    public required string Directory { get; init; }

    public required ConnectionSettings Connection { get; init; }

    public required ReplicaOptions Replica { get; init; }

    public required ObserverOptions Observer { get; init; }

    public required TimeSpan RescanEvery { get; init; }

    public required long DiskReserveBytes { get; init; }

    /// <summary>The replica is kept by what .NET offers on every system.</summary>
    public required bool UsesPortableFiles { get; init; }

    /// <param name="directory">DIR.</param>
    /// <param name="file">--config; null: none.</param>
    /// <param name="server">--server; null: as configured.</param>
    /// <param name="name">--name; null: as configured.</param>
    /// <param name="share">--share; null: as configured.</param>
    /// <exception cref="UsageException">Something is set that cannot be.</exception>
    public static ClientSettings Load(string directory, string? file, string? server, string? name, string? share)
    {
        var configuration = NodeConfiguration.Load(
            typeof(ClientSettings).Assembly, "client.conf", file,
            ("actors.client.server", server), ("actors.client.name", name), ("actors.client.share", share));
        var settings = configuration.Read(config => Read(directory, config, server is null ? "actors.client.server" : "--server"));
        settings.Check(file);
        return settings with { Warnings = configuration.Warnings };
    }

    private static ClientSettings Read(string directory, Config config, string whereServer)
    {
        var client = config.GetConfig("actors.client");
        var share = client.GetString("share", "");
        return new ClientSettings
        {
            Config = config,
            Directory = Path.GetFullPath(directory),
            Connection = new ConnectionSettings
            {
                Server = Resolve(HostAddress.Parse(client.GetString("server", ""), whereServer).AsNumber(), whereServer),
                Share = share,
                WishedName = client.GetString("name", ""),
                Instance = 0,
                JoinTimeoutMin = client.GetTimeSpan("join-timeout-min"),
                JoinTimeout = client.GetTimeSpan("join-timeout"),
                BackoffMin = client.GetTimeSpan("backoff-min"),
                BackoffOfShortSessions = client.GetTimeSpan("backoff-of-short-sessions"),
                BackoffMax = client.GetTimeSpan("backoff-max"),
            },
            Replica = new ReplicaOptions
            {
                Share = share,
                DeletionQuiet = client.GetTimeSpan("deletion-quiet"),
                DeletionLongest = client.GetTimeSpan("deletion-longest"),
                NewNameQuiet = client.GetTimeSpan("new-name-quiet"),
                HeldRetry = client.GetTimeSpan("held-retry"),
                HeldRetryMax = client.GetTimeSpan("held-retry-max"),
                OrderPatience = client.GetTimeSpan("order-patience"),
                PushRetry = client.GetTimeSpan("push-retry"),
                PushRetryMax = client.GetTimeSpan("push-retry-max"),
                UploadRetry = client.GetTimeSpan("upload-retry"),
            },
            Observer = new ObserverOptions
            {
                WriterPatience = client.GetTimeSpan("writer-patience"),
                SettlingTime = client.GetTimeSpan("settling-time"),
                DisplacedPatience = client.GetTimeSpan("displaced-patience"),
            },
            RescanEvery = client.GetTimeSpan("rescan-every"),
            DiskReserveBytes = client.GetByteSize("disk-reserve") ?? 0,
            UsesPortableFiles = ReadFileSystem(client.GetString("file-system", "")),
        };
    }

    private static bool ReadFileSystem(string text) => text switch
    {
        "auto" => false,
        "portable" => true,
        _ => throw new FormatException($"actors.client.file-system is auto or portable, not \"{text}\""),
    };

    // A server is reached by the very address that it advertises, and that is a number.
    private static HostAddress Resolve(HostAddress address, string where)
    {
        if (IPAddress.TryParse(address.Host, out _))
            return address;
        try
        {
            var found = Dns.GetHostAddresses(address.Host).OrderBy(ip => ip.AddressFamily == AddressFamily.InterNetwork ? 0 : 1).First();
            return address with { Host = found.ToString() };
        }
        catch (SocketException e)
        {
            throw new UsageException($"the host {address.Host} is not known: {e.Message}", where, "give its address as a number, for example 127.0.0.1:2346", e);
        }
    }

    private void Check(string? file)
    {
        var where = file is null ? "options and defaults" : $"--config {file}";
        if (!IsName(Connection.WishedName, 0, Limits.NodeNameBytesMax))
            throw new UsageException($"a node's name has at most {Limits.NodeNameBytesMax} bytes and no control characters", "--name", "choose another one");
        if (!IsName(Connection.Share, 1, Limits.ShareNameBytesMax))
            throw new UsageException($"a share's name has 1 to {Limits.ShareNameBytesMax} bytes and no control characters", "--share", "name a share that the server has");
        if (Connection.Server.Port == 0)
            throw new UsageException("port 0 cannot be reached", "--server", "write HOST:PORT, for example 127.0.0.1:2346");
        if (RescanEvery < TimeSpan.FromSeconds(1))
            throw new UsageException("actors.client.rescan-every is less than a second", where, "give everything time to be scanned: 60s");
        if (Connection.BackoffMin <= TimeSpan.Zero || Connection.BackoffMax < Connection.BackoffMin
            || Connection.JoinTimeoutMin <= TimeSpan.Zero || Connection.JoinTimeout < Connection.JoinTimeoutMin
            || Replica.HeldRetry <= TimeSpan.Zero || Replica.HeldRetryMax < Replica.HeldRetry)
            throw new UsageException("a pause is not positive, or longer than its longest", where, "compare actors.client with the commented defaults in hocon/client.conf");
    }

    private static bool IsName(string name, int bytesMin, int bytesMax) =>
        Encoding.UTF8.GetByteCount(name) is var bytes && bytes >= bytesMin && bytes <= bytesMax && !name.Any(char.IsControl);
}
