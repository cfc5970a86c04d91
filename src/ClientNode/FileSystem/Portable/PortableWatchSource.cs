using Actors.Messages.Tree;

namespace Actors.Client.FileSystem.Portable;

/// <summary>
/// A <see cref="FileSystemWatcher"/> on the root and everything below it. It does not tell when a file was closed, so a
/// changed one is never finished. What it drops when its buffer overflows is an overflow here.
/// </summary>
internal sealed class PortableWatchSource : IWatchSource
{
    // The largest that Windows takes for directories of other machines.
    private const int BufferBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly PortableFileSystem _files;
    private readonly string _root;
    private readonly Action _signal;
    private FileSystemWatcher? _watcher;
    private bool _disposed;

    private readonly ChangeGatherer _gatherer;

    private PortableWatchSource(PortableFileSystem files, string root, Action signal, int pathsMax) =>
        (_files, _root, _signal, _gatherer) = (files, root, signal, new ChangeGatherer(pathsMax));

    public static PortableWatchSource Start(PortableFileSystem files, string root, Action signal, int pathsMax = ChangeGatherer.PathsMax)
    {
        var source = new PortableWatchSource(files, root, signal, pathsMax);
        source.Begin();
        return source;
    }

    /// <summary>Everything below the root is watched already, or nothing is.</summary>
    public WatchOutcome Add(RelativePath directory)
    {
        if (_files.Stat(directory) is not { IsDirectory: true })
            return WatchOutcome.Gone;
        lock (_gate)
            return _watcher is null ? WatchOutcome.OutOfWatches : WatchOutcome.Watched;
    }

    public WatchHarvest Harvest()
    {
        lock (_gate)
            return _gatherer.Harvest();
    }

    public void Dispose()
    {
        FileSystemWatcher? watcher;
        lock (_gate)
        {
            _disposed = true;
            (watcher, _watcher) = (_watcher, null);
        }
        watcher?.Dispose();
    }

    /// <summary>Without a watcher, where the system allows no more: changes are found by scans then.</summary>
    private void Begin()
    {
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(_root)
            {
                IncludeSubdirectories = true,
                InternalBufferSize = BufferBytes,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.CreationTime,
            };
            watcher.Created += (_, e) => Gather(e.Name, isFinished: true);
            watcher.Deleted += (_, e) => Gather(e.Name, isFinished: true);
            watcher.Changed += (_, e) => Gather(e.Name, isFinished: false);
            watcher.Renamed += (_, e) =>
            {
                Gather(e.OldName, isFinished: true);
                Gather(e.Name, isFinished: true);
            };
            watcher.Error += (_, e) => OnError(e.GetException());
            watcher.EnableRaisingEvents = true;
            lock (_gate)
            {
                if (!_disposed)
                    (_watcher, watcher) = (watcher, null);
            }
            watcher?.Dispose();
        }
        catch (Exception e) when (PortableFault.IsOne(e) || e is ArgumentException)
        {
            watcher?.Dispose();
        }
    }

    private void Gather(string? name, bool isFinished)
    {
        if (name is null || !TryPath(name, out var path))
        {
            // Something has changed, and it is not known what: only a full scan finds it.
            Tell(_gatherer.Overflow);
            return;
        }
        Tell(() => _gatherer.Add(path, isFinished, isFinished));
    }

    private static bool TryPath(string name, out RelativePath path)
    {
        path = RelativePath.Root;
        var text = OperatingSystem.IsWindows() ? name.Replace('\\', '/') : name;
        return PortableName.ToBytes(text) is { } bytes && RelativePath.TryParse(bytes, out path, out _);
    }

    private void OnError(Exception e)
    {
        if (e is not InternalBufferOverflowException)
        {
            // It has ended, or is short of something: what comes after it watches anew, or says that it cannot.
            FileSystemWatcher? ended;
            lock (_gate)
            {
                if (_disposed)
                    return;
                (ended, _watcher) = (_watcher, null);
            }
            ended?.Dispose();
            if (!IsShort(e))
                Begin();
        }
        Tell(_gatherer.Overflow);
    }

    // Of what the system allows; on Windows such an error is that of a directory that was removed.
    private static bool IsShort(Exception e) => e is IOException && !OperatingSystem.IsWindows();

    private void Tell(Action change)
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            change();
            if (!_gatherer.TakeSignal())
                return;
        }
        _signal();
    }
}
