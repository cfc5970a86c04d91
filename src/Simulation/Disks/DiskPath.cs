using System.Text;

namespace Actors.Simulation.Disks;

/// <summary>A path from the disk's root: names of any bytes, joined by '/'. The default value and "" are the root.</summary>
public readonly record struct DiskPath
{
    // Each char is a byte: names are compared and ordered as bytes, and nothing is lost.
    private readonly string? _chars;

    private DiskPath(string chars) => _chars = chars;

    public ReadOnlyMemory<byte> Bytes => Encoding.Latin1.GetBytes(Chars);

    internal string Chars => _chars ?? "";

    public static DiskPath Of(ReadOnlySpan<byte> bytes) => new(Encoding.Latin1.GetString(bytes).Trim('/'));

    /// <summary>Of text: its UTF-8.</summary>
    public static implicit operator DiskPath(string text) => Of(Encoding.UTF8.GetBytes(text));

    public static DiskPath FromString(string text) => text;

    public static DiskPath operator /(DiskPath directory, DiskPath name) => directory.Divide(name);

    /// <summary>The path below this one.</summary>
    public DiskPath Divide(DiskPath below) => new(Chars.Length == 0 ? below.Chars : below.Chars.Length == 0 ? Chars : $"{Chars}/{below.Chars}");

    public override string ToString() => "/" + Encoding.UTF8.GetString(Bytes.Span);
}
