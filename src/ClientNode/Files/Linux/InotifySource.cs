using System.Runtime.InteropServices;
using System.Text;
using Actors.Replication.Tree;

namespace Actors.Client.Files.Linux;

/// <summary>
/// inotify. A thread of its own reads the events and gathers paths; it is the adapter between the kernel and whoever
/// harvests. A watch belongs to a directory, not to its name: watches of what was moved or removed are dropped here,
/// and whoever finds the directory under its new name watches it again.
/// </summary>
internal sealed class InotifySource : IWatchSource
{
    /// <summary>More distinct changed paths than this are an overflow: a scan is cheaper then.</summary>
    private const int GatheredMax = 65_536;
    private const int BufferBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly Action _signal;
    private readonly LinuxDirectories _directories;
    private readonly int _inotify;
    private readonly int _stop;
    private readonly Thread _thread;
    private readonly WatchTable _table = new();
    private readonly byte[] _buffer = new byte[BufferBytes];
    private Dictionary<RelativePath, bool> _gathered = [];
    private bool _overflowed;
    private bool _signalled;
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
                _table.Set(watch, directory);
                return WatchOutcome.Watched;
            }
        }
    }

    public WatchHarvest Harvest()
    {
        lock (_gate)
        {
            // Whatever happened before this call is in the answer: the thread may not have come to it yet.
            ReadAll();
            _signalled = false;
            if (_gathered.Count == 0 && !_overflowed)
                return WatchHarvest.Empty;
            var harvest = new WatchHarvest([.. _gathered.Select(item => new WatchedChange(item.Key, item.Value))], _overflowed);
            _gathered = [];
            _overflowed = false;
            return harvest;
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
            if (_signalled || (_gathered.Count == 0 && !_overflowed))
                return false;
            _signalled = true;
            return true;
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
            Overflow();
            return;
        }
        if (change.WatchEnded)
        {
            _table.Remove(change.Watch);
            return;
        }
        if (_table.Find(change.Watch) is not { } directory)
            return;
        var path = directory;
        // Without a name the event is about the watched directory itself, which its parent's watch reports as well.
        if (change.Name.IsEmpty || !directory.TryChild(change.Name, out path, out _))
            return;
        if (change is { IsDirectory: true, MovedAway: true })
        {
            foreach (var watch in _table.RemoveTree(path))
                _ = Libc.InotifyRemove(_inotify, watch);
        }
        if (_overflowed)
            return;
        ref var finished = ref CollectionsMarshal.GetValueRefOrAddDefault(_gathered, path, out _);
        finished |= change.Finished;
        if (_gathered.Count > GatheredMax)
            Overflow();
    }

    private static WatchOutcome Outcome(RelativePath directory, int errno) => errno switch
    {
        Errno.ENOSPC => WatchOutcome.OutOfWatches,
        Errno.ENOENT or Errno.ENOTDIR or Errno.ELOOP => WatchOutcome.Gone,
        _ => throw LinuxFault.Of("watch", directory, errno),
    };

    private void Overflow()
    {
        _overflowed = true;
        _gathered.Clear();
    }
}
