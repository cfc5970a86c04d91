using System.Text;

namespace Actors.Lab.World.Disks;

/// <summary>A path from the disk's root: names of any bytes, joined by '/'. The default value and "" are the root.</summary>
internal readonly record struct DiskPath
{
    // Each char is a byte: names are compared and ordered as bytes, and nothing is lost.
    private readonly string? _chars;

    // Chars at the start that an open directory stands for.
    private readonly int _held;

    private DiskPath(string chars, int held = 0)
    {
        _chars = chars;
        _held = held;
    }

    public ReadOnlyMemory<byte> Bytes => Encoding.Latin1.GetBytes(Chars);

    /// <summary>The directory of the last name; the root's is the root.</summary>
    public DiskPath Parent => new(Chars[..Math.Max(0, Chars.LastIndexOf('/'))]);

    internal string Chars => _chars ?? "";

    /// <summary>What counts for the limit of a path: calls relative to an open directory do not name that.</summary>
    internal int LengthInCall => Chars.Length - _held;

    public static DiskPath Of(ReadOnlySpan<byte> bytes) => new(Encoding.Latin1.GetString(bytes).Trim('/'));

    /// <summary>Of text: its UTF-8.</summary>
    public static implicit operator DiskPath(string text) => Of(Encoding.UTF8.GetBytes(text));

    internal static DiskPath OfOpenDirectory(IEnumerable<string> names)
    {
        var chars = string.Join('/', names);
        return new(chars, chars.Length);
    }

    public static DiskPath FromString(string text) => text;

    public static DiskPath operator /(DiskPath directory, DiskPath name) => directory.Divide(name);

    /// <summary>The path below this one.</summary>
    public DiskPath Divide(DiskPath below) =>
        new(Chars.Length == 0 ? below.Chars : below.Chars.Length == 0 ? Chars : $"{Chars}/{below.Chars}", _held);

    /// <summary>Whether this is the directory, or below it.</summary>
    public bool IsWithin(DiskPath directory)
    {
        var (path, above) = (Chars, directory.Chars);
        return path.StartsWith(above, StringComparison.Ordinal) && (path.Length == above.Length || above.Length == 0 || path[above.Length] == '/');
    }

    public override string ToString() => "/" + Encoding.UTF8.GetString(Bytes.Span);
}
