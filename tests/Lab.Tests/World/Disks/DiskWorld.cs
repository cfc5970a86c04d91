using System.Text;
using Actors.Lab.World;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Tests.World.Disks;

/// <summary>A disk, one user on it, and a clock that a test moves.</summary>
internal sealed class DiskWorld
{
    public DiskWorld(ulong seed = 1, DiskSettings? settings = null)
    {
        Disk = new SimulatedDisk(() => Now, new SeededRandomSource(seed), settings);
        User = Disk.StartProcess("user");
    }

    public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    public SimulatedDisk Disk { get; }
    public DiskProcess User { get; private set; }

    public PowerLoss LosePower()
    {
        var loss = Disk.LosePower();
        User = Disk.StartProcess("user");
        return loss;
    }

    public void Write(DiskPath path, string text, bool sync = false)
    {
        using var file = User.Open(path, OpenModes.ReadWrite | OpenModes.Create | OpenModes.Truncate);
        file.Write(0, Encoding.UTF8.GetBytes(text));
        if (sync)
            file.Sync();
    }

    /// <summary>Null where no file is there.</summary>
    public string? Read(DiskPath path)
    {
        if (User.Stat(path) is not { Kind: InodeKind.File } stat)
            return null;
        using var file = User.Open(path, OpenModes.Read);
        var bytes = new byte[stat.Size];
        return Encoding.UTF8.GetString(bytes.AsSpan(0, file.Read(0, bytes)));
    }

    public string Names(DiskPath directory) => string.Join(' ', User.List(directory).Select(item => Encoding.UTF8.GetString(item.Name.Span)));
}
