using System.Runtime.InteropServices;
using System.Text;
using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Linux;

/// <summary>
/// inotify. A thread of its own reads the events and gathers paths; it is the adapter between the kernel and whoever
/// harvests. A watch belongs to a directory, not to its name: watches of what was moved or removed are dropped here,
/// and whoever finds the directory under its new name watches it again.
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
            // Whatever happened before this call is in the answer: the thread may not have come to it yet.
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
