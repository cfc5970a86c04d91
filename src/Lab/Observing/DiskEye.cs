using System.Text;
using Actors.Lab.World;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Observing;

/// <summary>Sees a disk as it is, whatever modes its files have, and without a call that a process could notice.</summary>
internal static class DiskEye
{
    public static Inode? Find(Machine machine, DiskPath path) =>
        machine.Disk.Names.Find(path, out var inode, isCall: false) == DiskError.None ? inode : null;

    /// <summary>The bytes of a regular file; null where none is.</summary>
    public static byte[]? Read(Machine machine, DiskPath path) =>
        Find(machine, path) is { IsFile: true } file ? file.Bytes.Seen.ToArray() : null;

    /// <summary>From the root; null: no name leads there any more.</summary>
    public static string? PathOf(Machine machine, Inode inode)
    {
        var path = "";
        for (var at = inode; at != machine.Disk.Names.Root; at = at.Parent)
        {
            if (at.Parent is null)
                return null;
            path = $"/{NameOf(at.Name)}{path}";
        }
        return path;
    }

    /// <summary>Of a file with several names each, from the root.</summary>
    public static IEnumerable<string> PathsOf(Machine machine, Inode inode)
    {
        var others = (inode.OtherNames ?? []).Select(other => PathOf(machine, other.Directory) is { } above ? $"{above}/{NameOf(other.Name)}" : null);
        return others.Prepend(PathOf(machine, inode)).OfType<string>();
    }

    public static string NameOf(string chars) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(chars));
}
