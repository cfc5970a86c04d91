using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Actors.Runtime;

/// <summary>
/// Where an actor system is: protocol, system name and, for systems that can be reached from outside, host and port.
/// </summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>, IComparable, ICloneable
{
    /// <summary>An address that stands for every system.</summary>
    public static readonly Address AllSystems = new("akka", "all-systems");

    /// <summary>Orders addresses by protocol, system, host and port, ordinally.</summary>
    public static readonly IComparer<Address?> Comparer = Comparer<Address?>.Create(Compare);

    private string? _text;

    /// <summary>Creates an address; without host and port it is local.</summary>
    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        // Names of hosts have no case; addresses are compared by their text.
        Host = host?.ToLowerInvariant();
        Port = port;
    }

    /// <summary>The protocol, such as <c>akka</c> or <c>akka.tcp</c>.</summary>
    public string Protocol { get; }

    /// <summary>The name of the actor system.</summary>
    public string System { get; }

    /// <summary>The host, or null for a local address.</summary>
    public string? Host { get; }

    /// <summary>The port, or null for a local address.</summary>
    public int? Port { get; }

    /// <summary>True if the address means something only inside its own process.</summary>
    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    /// <summary>True if the address can be used from other processes.</summary>
    public bool HasGlobalScope => !HasLocalScope;

    /// <summary>The part after the protocol: <c>system@host:port</c>.</summary>
    public string HostPort() => ToString()[(Protocol.Length + 3)..];

    /// <summary>The same address on another host.</summary>
    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);

    /// <summary>The same address on another port.</summary>
    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    /// <summary>The same address of another system.</summary>
    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    /// <summary>The same address by another protocol.</summary>
    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    /// <summary>Reads an address such as <c>akka.tcp://System@127.0.0.1:2346</c>.</summary>
    /// <exception cref="UriFormatException">The text is not an address.</exception>
    public static Address Parse(string address) =>
        TryParse(address, out Address? parsed) ? parsed : throw new UriFormatException($"'{address}' is not an address");

    /// <summary>Reads an address; a path that follows it is ignored.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out Address? address) => TryParse(path.AsSpan(), out address, out _);

    /// <summary>Reads an address; a path that follows it is ignored.</summary>
    public static bool TryParse(ReadOnlySpan<char> span, [NotNullWhen(true)] out Address? address) => TryParse(span, out address, out _);

    /// <summary>Reads an address and hands out the path that follows it, <c>/</c> if there is none.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out Address? address, [NotNullWhen(true)] out string? absolutUri)
    {
        bool parsed = TryParse(path.AsSpan(), out address, out ReadOnlySpan<char> rest);
        absolutUri = parsed ? rest.ToString() : null;
        return parsed;
    }

    /// <summary>Reads an address and hands out the path that follows it, <c>/</c> if there is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> span, [NotNullWhen(true)] out Address? address, out ReadOnlySpan<char> absolutUri)
    {
        address = null;
        absolutUri = "/";
        int scheme = span.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0)
            return false;
        ReadOnlySpan<char> authority = span[(scheme + 3)..];
        int slash = authority.IndexOf('/');
        if (slash >= 0)
        {
            absolutUri = authority[slash..];
            authority = authority[..slash];
        }
        return TryParseAuthority(span[..scheme].ToString().ToLowerInvariant(), authority, out address);
    }

    private static bool TryParseAuthority(string protocol, ReadOnlySpan<char> authority, [NotNullWhen(true)] out Address? address)
    {
        address = null;
        int at = authority.IndexOf('@');
        if (at < 0)
        {
            if (authority.IsEmpty || authority.Contains(':'))
                return false;
            address = new Address(protocol, authority.ToString());
            return true;
        }
        ReadOnlySpan<char> hostPort = authority[(at + 1)..];
        int colon = hostPort.LastIndexOf(':');
        if (at == 0 || colon <= 0 || hostPort.IndexOf(']') > colon)
            return false;
        if (!int.TryParse(hostPort[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port > ushort.MaxValue)
            return false;
        ReadOnlySpan<char> host = hostPort[..colon];
        if (host.Contains(':') && host[0] != '[')
            return false;
        address = new Address(protocol, authority[..at].ToString(), host.ToString(), port);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => _text ??= Render();

    private string Render() => HasLocalScope
        ? $"{Protocol}://{System}"
        : Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{Protocol}://{System}@{Host}:{port}") : $"{Protocol}://{System}@{Host}";

    /// <inheritdoc/>
    public bool Equals(Address? other) => ReferenceEquals(this, other)
        || (other is not null && Port == other.Port && Host == other.Host && System == other.System && Protocol == other.Protocol);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Address);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Protocol, System, Host, Port);

    /// <inheritdoc/>
    public int CompareTo(Address? other) => Compare(this, other);

    int IComparable.CompareTo(object? obj) => obj is null or Address
        ? Compare(this, obj as Address)
        : throw new ArgumentException($"Cannot compare an address with {obj.GetType()}", nameof(obj));

    private static int Compare(Address? left, Address? right)
    {
        if (ReferenceEquals(left, right))
            return 0;
        if (left is null || right is null)
            return left is null ? -1 : 1;
        int order = string.CompareOrdinal(left.Protocol, right.Protocol);
        order = order != 0 ? order : string.CompareOrdinal(left.System, right.System);
        order = order != 0 ? order : string.CompareOrdinal(left.Host ?? "", right.Host ?? "");
        return order != 0 ? order : (left.Port ?? 0).CompareTo(right.Port ?? 0);
    }

    /// <inheritdoc/>
    public object Clone() => new Address(Protocol, System, Host, Port);

    /// <summary>Compares by value.</summary>
    public static bool operator ==(Address? left, Address? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Compares by value.</summary>
    public static bool operator !=(Address? left, Address? right) => !(left == right);
}
