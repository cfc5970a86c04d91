using Actors.Client.Planning;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Client.Tests.Planning.Model;

/// <summary>What is in a replica's directory; changes only in ways that a file system allows.</summary>
internal sealed class ModelDisk
{
    private readonly SortedDictionary<RelativePath, LocalState> _entries = [];

    public IEnumerable<RelativePath> Paths => _entries.Keys;

    public LocalState this[RelativePath path] => _entries.GetValueOrDefault(path);

    public IEnumerable<RelativePath> Below(RelativePath path) => _entries.Keys.Where(path.IsAncestorOf);

    public bool HasFolder(RelativePath path) => path.IsRoot || this[path].State.IsFolder;

    /// <summary>Makes the path this, as mkdir, write or unlink and rmdir would; false where they would fail.</summary>
    public bool TrySet(RelativePath path, LocalState to)
    {
        var goes = to == LocalState.Absent;
        if (!goes && !HasFolder(path.Parent))
            return false;
        if (this[path].State.IsFolder && !to.State.IsFolder && Below(path).Any())
            return false;
        if (goes)
            _entries.Remove(path);
        else
            _entries[path] = to;
        return true;
    }

    /// <summary>Whole subtrees too; false where nothing is there, or the target's directory is not, or the target is taken.</summary>
    public bool TryRename(RelativePath from, RelativePath to)
    {
        if (this[from] == LocalState.Absent || this[to] != LocalState.Absent || !HasFolder(to.Parent) || from == to || from.IsAncestorOf(to))
            return false;
        foreach (var path in Below(from).Prepend(from).ToList())
        {
            var target = path == from ? to : RelativePath.Parse([.. to.Bytes, .. path.Bytes[from.Length..]]);
            _entries[target] = _entries[path];
            _entries.Remove(path);
        }
        return true;
    }

    public IEnumerable<ContentHash> Contents() => _entries.Values.Where(entry => entry.State.IsFile).Select(entry => entry.State.Content.Hash);
}
