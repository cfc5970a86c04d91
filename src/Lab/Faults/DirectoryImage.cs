using System.Text;
using Actors.Lab.Observing;
using Actors.Lab.World;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Faults;

/// <summary>All files and directories below a directory at one instant, as a backup or a clone has them.</summary>
internal sealed class DirectoryImage
{
    private readonly List<(string Path, byte[]? Content)> _items = [];

    /// <summary>The number of the inode of the first directory directly below, by name.</summary>
    public ulong OwnInode { get; private set; }

    public static DirectoryImage Take(Machine machine, string directory)
    {
        var image = new DirectoryImage();
        machine.Disk.AllowAll();
        var eye = machine.Disk.StartProcess("backup");
        image.Add(machine, eye, directory, "");
        image.OwnInode = eye.Stat($"{directory}/.actors")?.Inode ?? 0;
        eye.Kill();
        return image;
    }

    /// <summary>Without the node's own directory.</summary>
    public static DirectoryImage TakeVisible(Machine machine, string directory)
    {
        var image = Take(machine, directory);
        image._items.RemoveAll(item => IsOwn(item.Path));
        return image;
    }

    /// <summary>The same without every second file.</summary>
    public DirectoryImage InPart()
    {
        var part = new DirectoryImage { OwnInode = OwnInode };
        part._items.AddRange(_items.Where((item, number) => item.Content is null || number % 2 == 0));
        return part;
    }

    /// <summary>Removes everything but the node's own directory, durably.</summary>
    public static void ClearVisible(Machine machine, string directory)
    {
        machine.Disk.AllowAll();
        var hand = machine.Disk.StartProcess("remove");
        Clear(hand, directory, keepsOwn: true);
        hand.SyncAll();
        hand.Kill();
    }

    /// <summary>Makes a directory what the image is, durably. The directory itself stays.</summary>
    public void PutBack(Machine machine, string directory)
    {
        machine.Disk.AllowAll();
        var hand = machine.Disk.StartProcess("restore");
        Clear(hand, directory, keepsOwn: false);
        hand.Kill();
        AddTo(machine, directory);
    }

    /// <summary>Makes all of the image in a directory, durably. What is there already stays, and what finds its place taken is left out.</summary>
    public void AddTo(Machine machine, string directory)
    {
        var disk = machine.Disk;
        disk.AllowAll();
        var hand = disk.StartProcess("restore");
        // The user who puts a backup back makes room for it.
        var capacity = disk.CapacityBytes;
        disk.CapacityBytes = disk.Settings.CapacityBytes;
        foreach (var (path, content) in _items)
        {
            var full = $"{directory}/{path}";
            if (DiskEye.Find(machine, full) is not null || DiskEye.Find(machine, full[..full.LastIndexOf('/')]) is not { Kind: InodeKind.Directory })
                continue;
            if (content is null)
            {
                hand.MakeDirectory(full);
                continue;
            }
            using var file = hand.Open(full, OpenModes.ReadWrite | OpenModes.Create);
            file.Append(content);
        }
        hand.SyncAll();
        hand.Kill();
        disk.CapacityBytes = Math.Max(capacity, disk.UsedBytes);
    }

    private void Add(Machine machine, DiskProcess eye, string directory, string below)
    {
        // The node's own directory first: where the inode counts, it is made first again.
        foreach (var item in eye.List(directory).OrderBy(item => Encoding.UTF8.GetString(item.Name.Span), StringComparer.Ordinal))
        {
            var name = Encoding.UTF8.GetString(item.Name.Span);
            if (item.Kind == InodeKind.Directory)
            {
                _items.Add((below + name, null));
                Add(machine, eye, $"{directory}/{name}", $"{below}{name}/");
            }
            else if (item.Kind == InodeKind.File)
            {
                _items.Add((below + name, DiskEye.Read(machine, $"{directory}/{name}")));
            }
        }
    }

    private static bool IsOwn(string path) => path == ".actors" || path.StartsWith(".actors/", StringComparison.Ordinal);

    private static void Clear(DiskProcess hand, string directory, bool keepsOwn)
    {
        foreach (var item in hand.List(directory))
        {
            var name = Encoding.UTF8.GetString(item.Name.Span);
            var full = $"{directory}/{name}";
            if (keepsOwn && IsOwn(name))
                continue;
            if (item.Kind == InodeKind.Directory)
            {
                Clear(hand, full, keepsOwn: false);
                hand.RemoveDirectory(full);
            }
            else
            {
                hand.Unlink(full);
            }
        }
    }
}
