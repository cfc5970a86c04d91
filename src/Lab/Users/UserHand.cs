using System.Text;
using Actors.Client.FileSystem;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.World;
using Actors.Lab.World.Disks;
using Actors.Messages.Content;
using Actors.Messages.Tree;

namespace Actors.Lab.Users;

/// <summary>A user's processes on one machine (0: the same user as the node's). Whatever they do to the replica is noted in the <see cref="Writings"/>.</summary>
internal sealed class UserHand(Machine machine, int user, Writings writings)
{
    private static readonly DiskPath DisplacedFiles = $"{ClientSite.Root}/{ReplicaLayout.Displaced}";

    // What the user has taken the name of: written on in vain, should it be open still.
    private readonly HashSet<Inode> _removed = [];
    private DiskProcess? _process;

    private DiskProcess Process => _process is { IsKilled: false } process ? process : _process = machine.Disk.StartProcess("user", user: user);

    public Machine Machine => machine;

    /// <summary>What had its name taken by the user, which a loss of power may give back.</summary>
    public IEnumerable<Inode> Removed => _removed;

    /// <summary>Writes to what an update has displaced.</summary>
    public long WritesToDisplaced { get; private set; }

    /// <summary>Nothing where they may not be read.</summary>
    public IReadOnlyList<string> Names(string directory) => IsDenied(directory) ? [] :
        [.. Process.List(Full(directory)).Select(item => Encoding.UTF8.GetString(item.Name.Span)).Where(name => name != ".actors")];

    public bool IsDirectory(string path) => Process.Stat(Full(path)) is { Kind: InodeKind.Directory };

    public bool IsDenied(string path) => Process.Stat(Full(path)) is { Mode: 0 };

    public bool Exists(string path) => Process.Stat(Full(path)) is not null;

    public OpenFile OpenToWrite(string path, bool truncate)
    {
        var before = ContentAt(path);
        writings.Completions.Begin(machine.Name, path);
        var descriptor = Process.Open(Full(path), OpenModes.ReadWrite | OpenModes.Create | (truncate ? OpenModes.Truncate : 0));
        var origin = before is { Size: > 0 } ? before : writings.LastAt(machine.Name, path);
        var file = new OpenFile(path, descriptor, DiskEye.Find(machine, Full(path))!, origin);
        foreach (var name in PathsOf(file.Inode))
        {
            writings.Completions.Begin(machine.Name, name);
            if (truncate || before is null)
                writings.Put(machine.Name, name, before, ContentRef.Empty);
        }
        return file;
    }

    /// <summary>Writes at the end, or at a place from which on there are bytes.</summary>
    public void Write(OpenFile file, ReadOnlyMemory<byte> bytes, long? at = null)
    {
        var before = VisibleTree.ContentOf(file.Inode);
        if (at is { } offset)
            file.Descriptor.Write(offset, bytes.Span);
        else
            file.Descriptor.Append(bytes.Span);
        WritesToDisplaced += file.Inode.Parent is { } directory && directory == DiskEye.Find(machine, DisplacedFiles) ? 1 : 0;
        writings.Grew(machine.Name, file, before, VisibleTree.ContentOf(file.Inode), PathsOf(file.Inode));
    }

    /// <summary>The same through a mapping, as far as there are bytes already.</summary>
    public void WriteMapped(OpenFile file, ReadOnlyMemory<byte> bytes)
    {
        var before = VisibleTree.ContentOf(file.Inode);
        file.Descriptor.WriteMapped(0, bytes.Span);
        writings.Grew(machine.Name, file, before, VisibleTree.ContentOf(file.Inode), PathsOf(file.Inode));
    }

    public void Close(OpenFile file, TimeSpan now, int edit)
    {
        var content = VisibleTree.ContentOf(file.Inode);
        file.Descriptor.Dispose();
        if (_removed.Contains(file.Inode))
            return;
        writings.Finish(new Writing(content, machine.Name, file.Path, now, edit));
        // A file's other names are found when the one that it was opened by is read: in no order.
        foreach (var path in PathsOf(file.Inode))
            Complete(path, EntryState.File(content), isTold: path == file.Path || !file.Inode.HasOtherNames);
    }

    public void Rename(string from, string to)
    {
        if (IsDirectory(from))
        {
            MoveDirectory(from, to);
            return;
        }
        var (moved, replaced) = (ContentAt(from), ContentAt(to));
        var (mover, gone) = (DiskEye.Find(machine, Full(from)), DiskEye.Find(machine, Full(to)));
        Process.Rename(Full(from), Full(to));
        if (gone is not null && gone == mover)
            return;
        if (gone is { Parent: null })
            _removed.Add(gone);
        Complete(from, EntryState.Absent);
        if (moved is { } content)
        {
            Complete(to, EntryState.File(content));
            writings.Moved(machine.Name, from, content);
            writings.Put(machine.Name, to, replaced, content);
        }
        else if (replaced is not null)
        {
            writings.Put(machine.Name, to, replaced, null);
        }
    }

    public void Delete(string path)
    {
        var before = ContentAt(path);
        var gone = DiskEye.Find(machine, Full(path));
        Process.Unlink(Full(path));
        if (gone is { Parent: null })
            _removed.Add(gone);
        Complete(path, EntryState.Absent);
        writings.Put(machine.Name, path, before, null);
    }

    public void DeleteTree(string path)
    {
        if (!IsDirectory(path))
        {
            Delete(path);
            return;
        }
        foreach (var name in Names(path))
            DeleteTree($"{path}/{name}");
        Process.RemoveDirectory(Full(path));
    }

    /// <summary>With those above.</summary>
    public void MakeDirectory(string path)
    {
        if (path.Length == 0 || Exists(path))
            return;
        MakeDirectory(ParentOf(path));
        Process.MakeDirectory(Full(path));
        writings.Completions.Rearrange(machine.Name, path);
    }

    /// <summary>Another name for a file, as ln(1) gives it.</summary>
    public void Link(string path, string name)
    {
        Process.Link(Full(path), Full(name));
        var content = ContentAt(path)!.Value;
        Complete(name, EntryState.File(content));
        writings.Put(machine.Name, name, null, content);
    }

    /// <summary>A name of a file that has several names in the replica and that no process has open for writing; null: none.</summary>
    public string? FindLinked() => FilesBelow("").FirstOrDefault(path =>
        DiskEye.Find(machine, Full(path)) is { IsFile: true, HasOtherNames: true, OpenForWriting: 0 } file && PathsOf(file).Count > 1);

    public void MakeLink(string path, string target) => Process.MakeLink(Full(path), target);

    /// <summary>Lets no process read a file; false where there is none.</summary>
    public bool Deny(string path)
    {
        if (ContentAt(path) is null)
            return false;
        using var file = Process.Open(Full(path), OpenModes.Read);
        file.SetMode(0);
        return true;
    }

    /// <summary>A directory leaves the replica, for good as far as the disk is concerned.</summary>
    public void MoveOut(string directory, string to)
    {
        var files = ContentsBelow(directory);
        Process.Rename(Full(directory), to);
        Process.SyncAll();
        foreach (var (below, content) in files)
            writings.Moved(machine.Name, $"{directory}/{below}", content);
    }

    /// <summary>And is back.</summary>
    public void MoveIn(string from, string directory)
    {
        Process.Rename(from, Full(directory), RenameBehavior.NoReplace);
        SyncDirectoryOf(directory);
        foreach (var (below, content) in ContentsBelow(directory))
            writings.Put(machine.Name, $"{directory}/{below}", null, content);
    }

    public void SyncDirectoryOf(string path) => Process.SyncDirectory(Full(ParentOf(path)));

    /// <summary>Ends whatever the user has open.</summary>
    public void Kill() => _process?.Kill();

    public static string ParentOf(string path) => path.LastIndexOf('/') is var cut and >= 0 ? path[..cut] : "";

    /// <summary>Every regular file of the replica that the user could see, by path.</summary>
    public IEnumerable<string> FilesBelow(string directory)
    {
        foreach (var name in Names(directory))
        {
            var path = directory.Length == 0 ? name : $"{directory}/{name}";
            if (IsDirectory(path))
            {
                foreach (var below in FilesBelow(path))
                    yield return below;
            }
            else
            {
                yield return path;
            }
        }
    }

    private void Complete(string path, EntryState state, bool isTold = true) => writings.Completions.Complete(
        machine.Name, path, state, isWatched: isTold && DiskEye.Find(machine, Full(ParentOf(path))) is { Watches.Count: > 0 });

    private void MoveDirectory(string from, string to)
    {
        var files = ContentsBelow(from);
        Process.Rename(Full(from), Full(to));
        writings.Completions.Rearrange(machine.Name, from);
        writings.Completions.Rearrange(machine.Name, to);
        foreach (var (below, content) in files)
        {
            writings.Moved(machine.Name, $"{from}/{below}", content);
            writings.Put(machine.Name, $"{to}/{below}", null, content);
        }
    }

    /// <summary>Whether the user may look into the directory or not: it moves with all that is in it.</summary>
    private List<(string Below, ContentRef Content)> ContentsBelow(string directory) =>
        [.. VisibleTree.Read(machine, Full(directory)).Where(item => item.Value.IsFile).Select(item => (item.Key, item.Value.Content))];

    /// <summary>Where a file is by now, as far as people see it.</summary>
    private IReadOnlyList<string> PathsOf(Inode file) =>
        [.. DiskEye.PathsOf(machine, file).Where(path => path.StartsWith(ClientSite.Root + "/", StringComparison.Ordinal))
            .Select(path => path[(ClientSite.Root.Length + 1)..]).Where(below => !below.StartsWith(".actors/", StringComparison.Ordinal))];

    private ContentRef? ContentAt(string path) => VisibleTree.ContentAt(machine, Full(path));

    private static string Full(string path) => path.Length == 0 ? ClientSite.Root : $"{ClientSite.Root}/{path}";
}
