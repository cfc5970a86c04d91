using Actors.Client.FileSystem;
using Actors.Lab.World.Disks;
using Actors.Messages.Tree;

namespace Actors.Lab.Files;

/// <summary>Gathers the events of a simulated disk as InotifySource gathers the kernel's. Late events are not in a harvest.</summary>
internal sealed class SimulatedWatchSource : IWatchSource
{
    private readonly SimulatedFileSystem _files;
    private readonly Action _signal;
    private readonly DiskWatch _watch;
    private readonly ChangeGatherer _gathered = new();
    private readonly bool _tellsAll;

    /// <param name="process">Whose calls they are.</param>
    /// <param name="files">What is watched.</param>
    /// <param name="signal">Something can be harvested.</param>
    /// <param name="tellsAll">False: notices do not tell that a file was closed, nor that only attributes changed.</param>
    public SimulatedWatchSource(DiskProcess process, SimulatedFileSystem files, Action signal, bool tellsAll = true)
    {
        _tellsAll = tellsAll;
        _files = files;
        _signal = signal;
        _watch = process.Watch(Delivered);
    }

    public WatchOutcome Add(RelativePath directory)
    {
        var error = _files.At(directory, out var at);
        var number = 0;
        if (error == DiskError.None)
            error = _watch.TryWatch(at, out number);
        switch (error)
        {
            case DiskError.None:
                _gathered.Watched(number, directory);
                return WatchOutcome.Watched;
            case DiskError.NoSpace:
                return WatchOutcome.OutOfWatches;
            default:
                return DiskFault.IsNothingThere("watch", directory, error) ? WatchOutcome.Gone : throw DiskFault.Of("watch", directory, error);
        }
    }

    public WatchHarvest Harvest()
    {
        _watch.CatchUp();
        return _gathered.Harvest();
    }

    public void Dispose() => _watch.Dispose();

    private void Delivered()
    {
        foreach (var change in _watch.Take())
        {
            switch (change.Kind)
            {
                case WatchEventKind.ClosedAfterWrite or WatchEventKind.Attributes when !_tellsAll:
                    break;
                case WatchEventKind.Overflow:
                    _gathered.Overflow();
                    break;
                case WatchEventKind.Ended:
                    _gathered.Ended(change.Watch);
                    break;
                default:
                    var isMovedAway = change is { Kind: WatchEventKind.MovedFrom, IsDirectory: true };
                    foreach (var watch in _gathered.Add(change.Watch, change.NameBytes.Span, isMovedAway, IsFinished(change.Kind), IsCompleted(change)))
                        _watch.Unwatch(watch);
                    break;
            }
        }
        if (_gathered.TakeSignal())
            _signal();
    }

    private static bool IsCompleted(WatchEvent change) =>
        change is { Kind: WatchEventKind.Created, IsDirectory: true } || (IsFinished(change.Kind) && change.Kind is not WatchEventKind.Attributes);

    private static bool IsFinished(WatchEventKind kind) => kind is not (WatchEventKind.Created or WatchEventKind.Modified);
}
