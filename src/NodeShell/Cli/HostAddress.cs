using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Actors.NodeShell;

/// <summary>A host and a TCP port as people write them: "127.0.0.1:2346", "[::1]:2346", "server.example:2346".</summary>
public readonly record struct HostAddress(string Host, int Port)
{
    /// <summary>Only this machine can reach it.</summary>
    public bool IsLoopback => Host == "localhost" || (IPAddress.TryParse(Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>All addresses of this machine, and so none by which others could reach it.</summary>
    public bool IsAny => IPAddress.TryParse(Host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any));

    /// <summary>The address as a number: what a node binds and advertises. "localhost" is 127.0.0.1.</summary>
    public HostAddress AsNumber() => Host == "localhost" ? this with { Host = "127.0.0.1" } : this;

    public static bool TryParse(string? text, out HostAddress address, [NotNullWhen(false)] out string? problem)
    {
        address = default;
        var colon = text?.LastIndexOf(':') ?? -1;
        if (colon <= 0)
            return Fail("has no port", out problem);
        var host = text![..colon];
        if (!int.TryParse(text.AsSpan(colon + 1), System.Globalization.NumberStyles.None, null, out var port) || port > 65_535)
            return Fail($"has \"{text[(colon + 1)..]}\" for a port, which is a number from 0 to 65535", out problem);
        if (host is ['[', .., ']'])
            host = host[1..^1];
        else if (host.Contains(':'))
            return Fail("is an IPv6 address without brackets", out problem);
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            return Fail($"has \"{host}\" for a host, which is neither an address nor a name", out problem);
        address = new HostAddress(host, port);
        problem = null;
        return true;
    }

    /// <exception cref="UsageException">It is not a host and a port.</exception>
    public static HostAddress Parse(string text, string where) =>
        TryParse(text, out var address, out var problem)
            ? address
            : throw new UsageException($"\"{text}\" {problem}", where, "write HOST:PORT, for example 127.0.0.1:2346");

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static bool Fail(string why, out string? problem)
    {
        problem = why;
        return false;
    }
}
