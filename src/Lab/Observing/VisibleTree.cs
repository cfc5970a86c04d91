using Actors.Lab.World;
using Actors.Lab.World.Disks;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Lab.Observing;

/// <summary>The files and directories that people see below a directory; links and the node's own directory are left out.</summary>
internal static class VisibleTree
{
    public static SortedDictionary<string, EntryState> Read(Machine machine, string root)
    {
        var tree = new SortedDictionary<string, EntryState>(StringComparer.Ordinal);
        if (DiskEye.Find(machine, root) is { IsDirectory: true } directory)
            Read(directory, "", tree);
        return tree;
    }

    /// <summary>Of a regular file; null where none is.</summary>
    public static ContentRef? ContentAt(Machine machine, string path) =>
        DiskEye.Find(machine, path) is { IsFile: true } file ? ContentOf(file) : null;

    /// <summary>Of a regular file, as it is seen.</summary>
    public static ContentRef ContentOf(Inode file) => file.Bytes.Derive((bytes, length) => ContentRef.Of(bytes.AsSpan(0, length)));

    /// <summary>The first path at which two trees differ; null: they do not.</summary>
    public static string? Difference(SortedDictionary<string, EntryState> one, SortedDictionary<string, EntryState> other)
    {
        foreach (var path in one.Keys.Union(other.Keys).Order(StringComparer.Ordinal))
        {
            var (left, right) = (one.GetValueOrDefault(path), other.GetValueOrDefault(path));
            if (left != right)
                return $"{path}: {left} and {right}";
        }
        return null;
    }

    private static void Read(Inode directory, string below, SortedDictionary<string, EntryState> tree)
    {
        foreach (var (chars, inode) in directory.Names)
        {
            var name = DiskEye.NameOf(chars);
            if (below.Length == 0 && name == ".actors")
                continue;
            var path = below + name;
            if (inode.IsDirectory)
            {
                tree.Add(path, EntryState.Folder);
                Read(inode, path + "/", tree);
            }
            else if (inode.IsFile)
            {
                tree.Add(path, EntryState.File(ContentOf(inode)));
            }
        }
    }
}
