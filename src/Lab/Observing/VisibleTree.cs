using System.Text;
using Actors.Replication.Content;
using Actors.Replication.Tree;
using Actors.Simulation;
using Actors.Simulation.Disks;

namespace Actors.Lab.Observing;

/// <summary>The files and directories that people see below a directory; links and the node's own directory are left out.</summary>
internal static class VisibleTree
{
    public static SortedDictionary<string, EntryState> Read(Machine machine, string root)
    {
        var tree = new SortedDictionary<string, EntryState>(StringComparer.Ordinal);
        var eye = machine.Disk.StartProcess("eye");
        Read(eye, root, "", tree);
        eye.Kill();
        return tree;
    }

    /// <summary>The first path at which two trees differ, held paths left out; null: they do not.</summary>
    public static string? Difference(
        SortedDictionary<string, EntryState> one, SortedDictionary<string, EntryState> other, Func<string, bool> isHeld)
    {
        foreach (var path in one.Keys.Union(other.Keys).Order(StringComparer.Ordinal))
        {
            var (left, right) = (one.GetValueOrDefault(path), other.GetValueOrDefault(path));
            if (left != right && !isHeld(path))
                return $"{path}: {left} and {right}";
        }
        return null;
    }

    private static void Read(DiskProcess eye, string root, string below, SortedDictionary<string, EntryState> tree)
    {
        if (eye.Stat(root) is not { Kind: InodeKind.Directory })
            return;
        foreach (var item in eye.List(root))
        {
            var name = Encoding.UTF8.GetString(item.Name.Span);
            if (below.Length == 0 && name == ".actors")
                continue;
            var path = below + name;
            if (item.Kind == InodeKind.Directory)
            {
                tree.Add(path, EntryState.Folder);
                Read(eye, $"{root}/{name}", path + "/", tree);
            }
            else if (item.Kind == InodeKind.File)
            {
                tree.Add(path, ContentOf(eye, $"{root}/{name}"));
            }
        }
    }

    private static EntryState ContentOf(DiskProcess eye, string path)
    {
        using var file = eye.Open(path, OpenModes.Read);
        var bytes = new byte[file.Stat().Size];
        file.Read(0, bytes);
        return EntryState.File(ContentRef.Of(bytes));
    }
}
