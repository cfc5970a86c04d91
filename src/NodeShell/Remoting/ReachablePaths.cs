using System.Text;

namespace Actors.NodeShell;

/// <summary>Which actors can be reached from outside: paths, whose parts may end with * ("/user/registry/session-*").</summary>
internal sealed class ReachablePaths
{
    private readonly byte[][][] _patterns;

    public ReachablePaths(IEnumerable<string> patterns) =>
        _patterns = [.. patterns.Select(pattern => pattern.Split('/').Skip(1).Select(Encoding.UTF8.GetBytes).ToArray())];

    public bool Contains(ReadOnlySpan<byte> path)
    {
        if (path is not [(byte)'/', ..])
            return false;
        foreach (var pattern in _patterns)
        {
            if (Fits(path[1..], pattern))
                return true;
        }
        return false;
    }

    private static bool Fits(ReadOnlySpan<byte> path, byte[][] pattern)
    {
        for (var index = 0; index < pattern.Length; index++)
        {
            var slash = path.IndexOf((byte)'/');
            var isLast = index == pattern.Length - 1;
            if (isLast != slash < 0 || !FitsPart(isLast ? path : path[..slash], pattern[index]))
                return false;
            path = isLast ? default : path[(slash + 1)..];
        }
        return true;
    }

    private static bool FitsPart(ReadOnlySpan<byte> part, byte[] pattern) =>
        pattern is [.. var start, (byte)'*']
            ? part.Length > start.Length && part.StartsWith(start)
            : part.SequenceEqual(pattern);
}

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
