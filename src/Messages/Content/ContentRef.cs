using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace Actors.Messages.Content;

/// <summary>
/// The content of a file by hash: SHA-256 of all bytes, the size in bytes, and the root of its chunk tree (equal to the
/// hash where the content is one chunk).
/// </summary>
public readonly record struct ContentRef(ContentHash Hash, long Size, ContentHash Root)
{
    /// <summary>No bytes: one empty chunk.</summary>
    public static ContentRef Empty { get; } = Of([]);

    /// <summary>Whether the content is one chunk, and so may ride inline.</summary>
    public bool IsSingleChunk => Size <= Limits.ChunkBytes;

    /// <summary>Names content that is in memory.</summary>
    public static ContentRef Of(ReadOnlySpan<byte> content)
    {
        if (content.Length <= Limits.ChunkBytes)
        {
            var hash = ContentHash.Of(content);
            return new ContentRef(hash, content.Length, hash);
        }
        using var builder = new ChunkTreeBuilder();
        builder.Append(content);
        return builder.Finish();
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Hash.ToString()[..12]} ({Size} B)");
}

/// <summary>A SHA-256: 32 bytes. The default value is 32 zeros.</summary>
public readonly struct ContentHash : IEquatable<ContentHash>, IComparable<ContentHash>
{
    public const int Size = 32;

    // Big-endian words, so that comparing them compares the bytes.
    private readonly ulong _a, _b, _c, _d;

    public ContentHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Size)
            throw new ArgumentException($"a hash has {Size} bytes, not {bytes.Length}", nameof(bytes));
        _a = BinaryPrimitives.ReadUInt64BigEndian(bytes);
        _b = BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]);
        _c = BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]);
        _d = BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]);
    }

    public bool IsZero => (_a | _b | _c | _d) == 0;

    public static ContentHash Of(ReadOnlySpan<byte> content)
    {
        Span<byte> hash = stackalloc byte[Size];
        SHA256.HashData(content, hash);
        return new ContentHash(hash);
    }

    public static bool TryRead(ReadOnlySpan<byte> bytes, out ContentHash hash)
    {
        hash = bytes.Length == Size ? new ContentHash(bytes) : default;
        return bytes.Length == Size;
    }

    /// <exception cref="FormatException">Not 64 hexadecimal digits.</exception>
    public static ContentHash Parse(string hex) =>
        hex.Length == 2 * Size ? new ContentHash(Convert.FromHexString(hex)) : throw new FormatException("a hash has 64 hexadecimal digits");

    /// <summary>Writes the 32 bytes.</summary>
    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64BigEndian(destination, _a);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _d);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Size];
        CopyTo(bytes);
        return bytes;
    }

    public bool Equals(ContentHash other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is ContentHash other && Equals(other);

    // A SHA-256 is spread evenly already.
    public override int GetHashCode() => (int)_d;

    public int CompareTo(ContentHash other)
    {
        var order = _a.CompareTo(other._a);
        if (order == 0) order = _b.CompareTo(other._b);
        if (order == 0) order = _c.CompareTo(other._c);
        return order == 0 ? _d.CompareTo(other._d) : order;
    }

    public static bool operator ==(ContentHash left, ContentHash right) => left.Equals(right);

    public static bool operator !=(ContentHash left, ContentHash right) => !left.Equals(right);

    public static bool operator <(ContentHash left, ContentHash right) => left.CompareTo(right) < 0;

    public static bool operator >(ContentHash left, ContentHash right) => left.CompareTo(right) > 0;

    public static bool operator <=(ContentHash left, ContentHash right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ContentHash left, ContentHash right) => left.CompareTo(right) >= 0;

    /// <summary>64 hexadecimal digits, lower case.</summary>
    public override string ToString() => $"{_a:x16}{_b:x16}{_c:x16}{_d:x16}";
}
