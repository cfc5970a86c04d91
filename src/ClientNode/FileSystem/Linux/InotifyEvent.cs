using System.Buffers.Binary;

namespace Actors.Client.FileSystem.Linux;

/// <summary>One event as the kernel wrote it: watch (4), mask (4), cookie (4), length of the name (4), name padded with NULs.</summary>
internal readonly ref struct InotifyEvent
{
    private const int HeadBytes = 16;
    private const uint Modify = 2, Attributes = 4, CloseWrite = 8, MovedFrom = 0x40, MovedTo = 0x80, Create = 0x100, Delete = 0x200,
        QueueOverflow = 0x4000, Ignored = 0x8000, OnlyDirectory = 0x1000000, ExcludeUnlinked = 0x4000000,
        Directory = 0x40000000;

    public const uint WatchMask = Modify | Attributes | CloseWrite | MovedFrom | MovedTo | Create | Delete
        | OnlyDirectory | ExcludeUnlinked;

    private readonly uint _mask;

    private InotifyEvent(int watch, uint mask, ReadOnlySpan<byte> name)
    {
        Watch = watch;
        _mask = mask;
        Name = name;
    }

    public int Watch { get; }
    public ReadOnlySpan<byte> Name { get; }

    public bool Overflowed => (_mask & QueueOverflow) != 0;
    public bool WatchEnded => (_mask & Ignored) != 0;
    public bool IsDirectory => (_mask & Directory) != 0;
    public bool MovedAway => (_mask & MovedFrom) != 0;

    /// <summary>Nobody is known to go on writing.</summary>
    public bool Finished => (_mask & (CloseWrite | MovedFrom | MovedTo | Delete | Attributes)) != 0;

    /// <summary>The same, and more than attributes may have changed. A directory is complete when it is made.</summary>
    public bool Completed => (_mask & (CloseWrite | MovedFrom | MovedTo | Delete)) != 0 || (IsDirectory && (_mask & Create) != 0);

    public static bool TryTake(ref ReadOnlySpan<byte> events, out InotifyEvent taken)
    {
        taken = default;
        if (events.Length < HeadBytes)
            return false;
        var nameBytes = BinaryPrimitives.ReadInt32LittleEndian(events[12..]);
        var name = events.Slice(HeadBytes, nameBytes);
        var end = name.IndexOf((byte)0);
        taken = new InotifyEvent(
            BinaryPrimitives.ReadInt32LittleEndian(events),
            BinaryPrimitives.ReadUInt32LittleEndian(events[4..]),
            end < 0 ? name : name[..end]);
        events = events[(HeadBytes + nameBytes)..];
        return true;
    }
}
