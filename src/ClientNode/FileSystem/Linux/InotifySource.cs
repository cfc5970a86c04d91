using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Linux;

/// <summary>
/// inotify. A thread of its own reads the events and gathers paths until they are harvested. A watch belongs to a
/// directory, not to its name: watches of what was moved or removed are dropped here, and a directory is watched again when
/// it is found under its new name.
/// </summary>
internal sealed class InotifySource : IWatchSource
{
    private const int BufferBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Action _signal;
    private readonly LinuxDirectories _directories;
    private readonly int _inotify;
    private readonly int _stop;
    private readonly Thread _thread;
    private readonly ChangeGatherer _gathered = new();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private bool _disposed;

    private InotifySource(int root, Action signal)
    {
        _directories = new LinuxDirectories(root);
        _signal = signal;
        _inotify = Libc.InotifyOpen(Flags.CloseOnExec | Flags.NonBlocking);
        if (_inotify < 0)
            throw LinuxFault.Of("inotify", RelativePath.Root, Marshal.GetLastPInvokeError());
        _stop = Libc.EventOpen(0, Flags.CloseOnExec);
        _thread = new Thread(Run) { IsBackground = true, Name = "inotify" };
    }

    public static InotifySource Start(int root, Action signal)
    {
        var source = new InotifySource(root, signal);
        source._thread.Start();
        return source;
    }

    public unsafe WatchOutcome Add(RelativePath directory)
    {
        using var opened = _directories.Open(directory);
        if (opened.Errno != 0)
            return Outcome(directory, opened.Errno);
        // By way of an open descriptor: no symbolic link was followed, and no path is too long.
        Span<byte> path = [.. "/proc/self/fd/"u8, .. Encoding.ASCII.GetBytes($"{opened.Value}"), 0];
        lock (_gate)
        {
            fixed (byte* start = path)
            {
                var watch = Libc.InotifyAdd(_inotify, start, InotifyEvent.WatchMask);
                if (watch < 0)
                    return Outcome(directory, Marshal.GetLastPInvokeError());
                _gathered.Watched(watch, directory);
                return WatchOutcome.Watched;
            }
        }
    }

    public WatchHarvest Harvest()
    {
        lock (_gate)
        {
            // What happened before this call is in the answer: the thread may not have come to it yet.
            ReadAll();
            return _gathered.Harvest();
        }
    }

    public unsafe void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }
        ulong one = 1;
        _ = Libc.Write(_stop, (byte*)&one, sizeof(ulong));
        // The signal may be what disposes this.
        if (Thread.CurrentThread != _thread)
            _thread.Join();
        _ = Libc.Close(_inotify);
        _ = Libc.Close(_stop);
    }

    private unsafe void Run()
    {
        var entries = stackalloc Libc.PollEntry[2];
        entries[0] = new Libc.PollEntry { Descriptor = _inotify, Events = Flags.PollIn };
        entries[1] = new Libc.PollEntry { Descriptor = _stop, Events = Flags.PollIn };
        while (true)
        {
            if (Libc.Poll(entries, 2, -1) < 0)
                continue;
            if (entries[1].Returned != 0)
                return;
            if (Gather())
                _signal();
        }
    }

    /// <summary>True where the harvester is to be told.</summary>
    private bool Gather()
    {
        lock (_gate)
        {
            ReadAll();
            return _gathered.TakeSignal();
        }
    }

    private unsafe void ReadAll()
    {
        fixed (byte* start = _buffer)
        {
            int read;
            while ((read = (int)Libc.Read(_inotify, start, _buffer.Length)) > 0)
            {
                ReadOnlySpan<byte> events = _buffer.AsSpan(0, read);
                while (InotifyEvent.TryTake(ref events, out var change))
                    Gather(change);
            }
        }
    }

    private void Gather(InotifyEvent change)
    {
        if (change.Overflowed)
        {
            _gathered.Overflow();
        }
        else if (change.WatchEnded)
        {
            _gathered.Ended(change.Watch);
        }
        else
        {
            foreach (var watch in _gathered.Add(change.Watch, change.Name, change is { IsDirectory: true, MovedAway: true }, change.Finished, change.Completed))
                _ = Libc.InotifyRemove(_inotify, watch);
        }
    }

    private static WatchOutcome Outcome(RelativePath directory, int errno) => errno switch
    {
        Errno.ENOSPC => WatchOutcome.OutOfWatches,
        Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP => WatchOutcome.Gone,
        _ => throw LinuxFault.Of("watch", directory, errno),
    };
}

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

    /// <summary>No process is known to go on writing.</summary>
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
