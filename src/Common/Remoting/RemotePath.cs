namespace Actors.Common;

/// <summary>An actor's path on the wire, in its two parts: "akka.tcp://" Client@host:port "/user/replica" "#uid".</summary>
internal readonly ref struct RemotePath
{
    private RemotePath(ReadOnlySpan<byte> authority, ReadOnlySpan<byte> path)
    {
        Authority = authority;
        Path = path;
    }

    /// <summary>System, host and port: which node it is.</summary>
    public ReadOnlySpan<byte> Authority { get; }

    /// <summary>From the first slash on, without the uid.</summary>
    public ReadOnlySpan<byte> Path { get; }

    public static RemotePath Read(ReadOnlySpan<byte> text)
    {
        var scheme = text.IndexOf("://"u8);
        if (scheme < 0)
            return default;
        var rest = text[(scheme + 3)..];
        var uid = rest.IndexOf((byte)'#');
        if (uid >= 0)
            rest = rest[..uid];
        var slash = rest.IndexOf((byte)'/');
        return slash < 0 ? new RemotePath(rest, default) : new RemotePath(rest[..slash], rest[slash..]);
    }
}
