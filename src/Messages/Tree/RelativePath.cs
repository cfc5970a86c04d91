using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Actors.Messages.Tree;

/// <summary>
/// A path inside a share: names joined by '/', as bytes, because that is what file systems have. Ordered by bytes.
/// The default value is the share's root, which no change may name.
/// </summary>
public readonly struct RelativePath : IEquatable<RelativePath>, IComparable<RelativePath>
{
    private const byte Separator = (byte)'/';
    private readonly byte[]? _bytes;

    private RelativePath(byte[] bytes) => _bytes = bytes;

    public static RelativePath Root => default;

    public bool IsRoot => _bytes is null;
    public ReadOnlySpan<byte> Bytes => _bytes;
    public ReadOnlyMemory<byte> Memory => _bytes;
    public int Length => _bytes?.Length ?? 0;

    /// <summary>The last name; empty for the root.</summary>
    public ReadOnlySpan<byte> Name
    {
        get
        {
            ReadOnlySpan<byte> bytes = _bytes;
            return bytes[(bytes.LastIndexOf(Separator) + 1)..];
        }
    }

    /// <summary>The directory that holds this path; the root for a path of one name, and for the root itself.</summary>
    public RelativePath Parent
    {
        get
        {
            ReadOnlySpan<byte> bytes = _bytes;
            var cut = bytes.LastIndexOf(Separator);
            return cut <= 0 ? Root : new RelativePath(bytes[..cut].ToArray());
        }
    }

    /// <summary>Names in the path: 0 for the root.</summary>
    public int Depth => _bytes is null ? 0 : _bytes.AsSpan().Count(Separator) + 1;

    /// <summary>The node's own directory `.actors` and what is in it: never synced.</summary>
    public bool IsReserved => Bytes.StartsWith(".actors"u8) && (Length == 7 || Bytes[7] == Separator);

    /// <summary>The directories above, the nearest first, without the root.</summary>
    public IEnumerable<RelativePath> Ancestors
    {
        get
        {
            for (var path = Parent; !path.IsRoot; path = path.Parent)
                yield return path;
        }
    }

    /// <summary>Reads a path; false, with the reason, where the bytes are none (or where they name the root).</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out RelativePath path, [NotNullWhen(false)] out string? reason)
    {
        path = Root;
        reason = Validate(bytes);
        if (reason is not null)
            return false;
        path = new RelativePath(bytes.ToArray());
        return true;
    }

    /// <exception cref="FormatException">The text is not a path.</exception>
    public static RelativePath Parse(string text) => Parse(Encoding.UTF8.GetBytes(text));

    /// <exception cref="FormatException">The bytes are not a path.</exception>
    public static RelativePath Parse(ReadOnlySpan<byte> bytes) =>
        TryParse(bytes, out var path, out var reason) ? path : throw new FormatException(reason);

    /// <summary>Why these bytes are not a path; null where they are.</summary>
    public static string? Validate(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
            return "the path is empty";
        if (bytes.Length > Limits.PathBytesMax)
            return $"the path is longer than {Limits.PathBytesMax} bytes";
        foreach (var range in bytes.Split(Separator))
        {
            if (ValidateName(bytes[range]) is { } reason)
                return reason;
        }
        return null;
    }

    /// <summary>Why these bytes are not a name in a directory; null where they are.</summary>
    public static string? ValidateName(ReadOnlySpan<byte> name)
    {
        if (name.IsEmpty)
            return "a name in the path is empty";
        if (name.Length > Limits.NameBytesMax)
            return $"a name in the path is longer than {Limits.NameBytesMax} bytes";
        if (name.SequenceEqual("."u8) || name.SequenceEqual(".."u8))
            return "a name in the path is '.' or '..'";
        if (name.Contains((byte)0))
            return "a name in the path holds a NUL byte";
        return name.Contains(Separator) ? "a name holds a '/'" : null;
    }

    /// <exception cref="FormatException">The name is none, or the path would be too long.</exception>
    public RelativePath Child(ReadOnlySpan<byte> name) =>
        TryChild(name, out var path, out var reason) ? path : throw new FormatException(reason);

    /// <summary>The path of a name in this directory; false, with the reason, where that is not a path.</summary>
    public bool TryChild(ReadOnlySpan<byte> name, out RelativePath path, [NotNullWhen(false)] out string? reason)
    {
        path = Root;
        reason = ValidateName(name);
        var length = IsRoot ? name.Length : Length + 1 + name.Length;
        if (reason is null && length > Limits.PathBytesMax)
            reason = $"the path is longer than {Limits.PathBytesMax} bytes";
        if (reason is not null)
            return false;
        var bytes = new byte[length];
        Bytes.CopyTo(bytes);
        if (!IsRoot)
            bytes[Length] = Separator;
        name.CopyTo(bytes.AsSpan(length - name.Length));
        path = new RelativePath(bytes);
        return true;
    }

    /// <summary>Whether this is a directory (at any height) above the other; every path but the root is below the root.</summary>
    public bool IsAncestorOf(RelativePath other) =>
        IsRoot
            ? !other.IsRoot
            : other.Length > Length && other._bytes![Length] == Separator && other.Bytes.StartsWith(Bytes);

    /// <summary>All descendants p satisfy <c>from &lt;= p &lt; before</c> in byte order; not for the root.</summary>
    public (byte[] From, byte[] Before) DescendantRange()
    {
        if (IsRoot)
            throw new InvalidOperationException("every path is below the root");
        return ([.. Bytes, Separator], [.. Bytes, Separator + 1]);
    }

    /// <summary>Bytes that are no path but a bound in the order of paths.</summary>
    public static RelativePath Bound(byte[] bytes) => new(bytes);

    public bool Equals(RelativePath other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is RelativePath other && Equals(other);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    public int CompareTo(RelativePath other) => Bytes.SequenceCompareTo(other.Bytes);

    public static bool operator ==(RelativePath left, RelativePath right) => left.Equals(right);

    public static bool operator !=(RelativePath left, RelativePath right) => !left.Equals(right);

    public static bool operator <(RelativePath left, RelativePath right) => left.CompareTo(right) < 0;

    public static bool operator >(RelativePath left, RelativePath right) => left.CompareTo(right) > 0;

    public static bool operator <=(RelativePath left, RelativePath right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RelativePath left, RelativePath right) => left.CompareTo(right) >= 0;

    /// <summary>For people: control characters and bytes that are not UTF-8 as \xNN, a backslash doubled.</summary>
    public override string ToString() => PathText.Of(Bytes);
}

/// <summary>The readable form of a path's bytes: unambiguous, on one line.</summary>
internal static class PathText
{
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var consumed);
            if (status != OperationStatus.Done || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            {
                foreach (var value in bytes[..consumed])
                    text.Append(CultureInfo.InvariantCulture, $"\\x{value:x2}");
            }
            else if (rune.Value == '\\')
            {
                text.Append("\\\\");
            }
            else
            {
                text.Append(rune.ToString());
            }
            bytes = bytes[consumed..];
        }
        return text.ToString();
    }
}
