using System.Diagnostics.CodeAnalysis;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>
/// What was read of each file: by path, and by inode, because names that lead to one inode (hard links) change together
/// although only one of them is told of. All have their turn to be compared with the disk, for changes that nothing tells of.
/// </summary>
internal sealed class SeenFiles
{
    private const int EachTimeMax = 500;

    private readonly Dictionary<RelativePath, SeenFile> _files = [];
    private readonly Dictionary<ulong, RelativePath> _nameOf = [];
    // Most inodes have one name: only of the others are more kept.
    private readonly Dictionary<ulong, HashSet<RelativePath>> _otherNamesOf = [];
    private readonly Queue<RelativePath> _turn = new();
    private int _eachTime;

    public SeenFile this[RelativePath path]
    {
        get => _files[path];
        set
        {
            if (_files.TryGetValue(path, out var before) && before.Signature.Inode != value.Signature.Inode)
                Unlink(path, before.Signature.Inode);
            _files[path] = value;
            Link(path, value.Signature.Inode);
        }
    }

    public bool TryGetValue(RelativePath path, [MaybeNullWhen(false)] out SeenFile file) => _files.TryGetValue(path, out file);

    public bool Remove(RelativePath path)
    {
        if (!_files.Remove(path, out var file))
            return false;
        Unlink(path, file.Signature.Inode);
        return true;
    }

    /// <summary>Other names of the same file, which were seen when it was another one than it is now.</summary>
    public IReadOnlyList<RelativePath> ChangedWith(RelativePath path, FileSignature signature)
    {
        if (!_otherNamesOf.TryGetValue(signature.Inode, out var names))
            return [];
        return [.. names.Append(_nameOf[signature.Inode]).Where(name => name != path && _files[name].Signature != signature)];
    }

    /// <summary>The next in turn: so many that each has its turn within so many calls, but no more than cost little.</summary>
    public IReadOnlyList<(RelativePath Path, FileSignature Signature)> TakeTurn(int calls)
    {
        if (_turn.Count == 0)
        {
            foreach (var path in _files.Keys)
                _turn.Enqueue(path);
            _eachTime = Math.Min((_files.Count + calls - 1) / calls, EachTimeMax);
        }
        var taken = new List<(RelativePath, FileSignature)>(_eachTime);
        for (var count = 0; count < _eachTime && _turn.TryDequeue(out var path); count++)
        {
            if (_files.TryGetValue(path, out var file))
                taken.Add((path, file.Signature));
        }
        return taken;
    }

    // 0 is no number: there are file systems that have none.
    private void Link(RelativePath path, ulong inode)
    {
        if (inode == 0 || _nameOf.TryAdd(inode, path) || _nameOf[inode] == path)
            return;
        if (!_otherNamesOf.TryGetValue(inode, out var names))
            _otherNamesOf.Add(inode, names = []);
        names.Add(path);
    }

    private void Unlink(RelativePath path, ulong inode)
    {
        if (inode == 0)
            return;
        _otherNamesOf.TryGetValue(inode, out var names);
        if (_nameOf[inode] != path)
            names!.Remove(path);
        else if (names is null)
            _nameOf.Remove(inode);
        else
            names.Remove(_nameOf[inode] = names.First());
        if (names is { Count: 0 })
            _otherNamesOf.Remove(inode);
    }
}
