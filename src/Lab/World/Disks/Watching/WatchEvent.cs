using System.Text;

namespace Actors.Lab.World.Disks;

/// <summary>One event; <paramref name="Watch"/> is the number that <see cref="DiskWatch.Watch"/> gave (-1 for an overflow).</summary>
public readonly record struct WatchEvent(int Watch, WatchEventKind Kind, DiskPath Name, bool IsDirectory)
{
    public ReadOnlyMemory<byte> NameBytes => Name.Bytes;

    public override string ToString() => $"{Watch} {Kind} {Encoding.UTF8.GetString(NameBytes.Span)}";
}
