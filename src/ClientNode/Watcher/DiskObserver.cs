using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Messages;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Watcher;

/// <summary>
/// Turns notices that something may have changed into what is there: looks, lists and reads, a bounded piece at a time.
/// It remembers nothing of the tree; the receiver compares.
/// </summary>
public sealed class DiskObserver : IDisposable
{
    private readonly IFileSystem _files;
    private readonly FileSystemTraits _traits;
    private readonly TimeProvider _clock;
    private readonly ObserverOptions _options;
    private readonly IWatchSource _source;
    private readonly AbsenceLook _absences;
    private readonly PathQueue _dirty = new();
    private readonly PathQueue _directories = new();
    private readonly WaitingFiles _waiting;
    private readonly Dictionary<RelativePath, int> _unnameable = [];
    private readonly ClosedFiles _closed;
    private readonly NestedReplicas _nested;
    private FileReading? _reading;
    // Each waits for the one that is being read.
    private readonly PathQueue _large = new();
    private List<Observation> _notices = [];
    private bool _isTurnOfReading;

    /// <param name="files">The replica.</param>
    /// <param name="traits">What its file system can do.</param>
    /// <param name="clock">For waiting.</param>
    /// <param name="options">How long to wait.</param>
    /// <param name="signal">Called on any thread when there is something to <see cref="Harvest"/>.</param>
    public DiskObserver(IFileSystem files, FileSystemTraits traits, TimeProvider clock, ObserverOptions options, Action signal)
    {
        _files = files;
        _traits = traits;
        _clock = clock;
        _options = options;
        _waiting = new WaitingFiles(Nanoseconds(options.WriterPatience));
        _closed = new ClosedFiles(Nanoseconds(options.LookAgainAfterClose));
        _nested = new NestedReplicas(files);
        _absences = new AbsenceLook(files, files.Stat(RelativePath.Root)!.Value.Device);
        _source = files.Watch(signal);
    }

    /// <summary>Some directories are not watched, because the system allows no more watches.</summary>
    public bool IsOutOfWatches { get; private set; }

    /// <summary>Names that cannot be told apart from others or cannot be written down as a path: left alone.</summary>
    public int Unnameable => _unnameable.Values.Sum();

    /// <summary>There is something that can be looked at now.</summary>
    public bool HasWork => _reading is not null || _large.Count > 0 || _dirty.Count > 0 || _directories.Count > 0 || _waiting.IsDue(Now);

    /// <summary>When something that waits is due, on the monotonic clock in nanoseconds; null: nothing waits.</summary>
    public long? NextDueNs => _waiting.NextDueNs;

    private long Now => _clock.MonotonicNanoseconds();

    /// <summary>Takes the changes that were gathered. True where so much was lost that everything must be scanned.</summary>
    public bool Harvest()
    {
        var harvest = _source.Harvest();
        foreach (var change in harvest.Changes)
        {
            // A writer that goes on is waited for already.
            if (change.Path.IsReserved || _nested.Hold(change.Path) || (!change.Finished && _waiting.Contains(change.Path)))
                continue;
            if (change.Finished)
                _closed.Add(change.Path);
            _dirty.Add(change.Path);
            _notices.Add(new Observation.Noticed(change.Path, change.Completed || !_traits.KnowsWriters, IsBeingWritten: !change.Finished && _traits.KnowsWriters));
        }
        _notices = harvest.Overflowed ? [new Observation.OrderLost()] : _notices;
        return harvest.Overflowed;
    }

    /// <summary>The changes that were harvested since the last call, in the order in which they were completed.</summary>
    public IReadOnlyList<Observation> TakeNotices()
    {
        (var notices, _notices) = (_notices, []);
        return notices;
    }

    public void Look(RelativePath path) => _dirty.Add(path);

    /// <summary>The same, of a file that was read while it was open: its writer is not waited for again.</summary>
    public void ReadOpen(RelativePath path)
    {
        _waiting.PassPatience(path, Now);
        _dirty.Add(path);
    }

    /// <summary>Every directory is watched and listed, from the root down.</summary>
    public void Scan()
    {
        IsOutOfWatches = false;
        _unnameable.Clear();
        _directories.Add(RelativePath.Root);
    }

    /// <summary>
    /// Does a bounded piece of work. An empty answer while there is work is a large file being read; it and everything
    /// else have their turns one after the other, so that an edit need not wait for it.
    /// </summary>
    public IReadOnlyList<Observation> Next(int most)
    {
        var seen = new List<Observation>();
        var budget = (long)_options.SliceBytes;
        _waiting.TakeDue(Now, _dirty);
        _isTurnOfReading = !_isTurnOfReading;
        while (seen.Count < most && budget > 0)
        {
            if (_isTurnOfReading && ReadOn(seen, ref budget))
                continue;
            if (_dirty.TryTake(out var path))
                LookAt(path, seen, ref budget);
            else if (_directories.TryTake(out var directory))
                List(directory, seen);
            else if (!ReadOn(seen, ref budget))
                break;
        }
        return seen;
    }

    /// <summary>False: no large file is waiting to be read.</summary>
    private bool ReadOn(List<Observation> seen, ref long budget)
    {
        if (_reading is { } reading)
        {
            _reading = null;
            _reading = Read(reading, seen, ref budget) ? null : reading;
            return true;
        }
        if (!_large.TryTake(out var path))
            return false;
        LookAt(path, seen, ref budget);
        return true;
    }

    public void Dispose()
    {
        _reading?.Dispose();
        _source.Dispose();
    }

    private void LookAt(RelativePath path, List<Observation> seen, ref long budget)
    {
        if (path.IsRoot)
        {
            List(path, seen);
            return;
        }
        FileStat? found = null;
        try
        {
            found = _files.Stat(path);
            if (found is not { IsRegular: true })
                _closed.Forget(path);
            if (found is not { } stat)
            {
                _waiting.Forget(path);
                // What stands in the place of a directory hides what was in it: that is held, and not gone.
                if (_absences.HiddenBy(path) is { } above)
                    _dirty.Add(above);
                else
                    seen.Add(new Observation.Absent(path));
            }
            else if (stat.IsRegular && !SqliteIndex.IsOne(_files, path))
            {
                StartReading(path, seen, ref budget);
            }
            else if (stat.IsDirectory && NestedReplicas.IsNameOfState(path))
            {
                LookAtState(path, stat, seen);
            }
            else
            {
                _waiting.Forget(path);
                LookAtOther(path, stat, seen);
            }
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            // It may be a directory, where even that cannot be told: then what is in it is not gone.
            seen.Add(new Observation.Unfit(path, e.Reason, IsDirectory: found is not { IsRegular: true }));
        }
    }

    private void LookAtOther(RelativePath path, FileStat stat, List<Observation> seen)
    {
        switch (stat.Kind)
        {
            case FileKind.Directory when _absences.IsMounted(stat):
                seen.Add(new Observation.Unfit(path, "another file system is mounted there") { IsForeign = true });
                break;
            case FileKind.Directory when _nested.IsOne(path):
                seen.Add(new Observation.Unfit(path, NestedReplicas.Reason, IsDirectory: true) { IsForeign = true });
                break;
            case FileKind.Directory:
                seen.Add(new Observation.Folder(path, stat));
                List(path, seen);
                break;
            case FileKind.Regular:
                seen.Add(new Observation.Unfit(path, SqliteIndex.Reason));
                break;
            case FileKind.SymbolicLink:
                seen.Add(new Observation.Unfit(path, "symbolic links are not synced") { IsForeign = true });
                break;
            default:
                seen.Add(new Observation.Unfit(path, "only files and directories are synced") { IsForeign = true });
                break;
        }
    }

    /// <summary>A directory with the name of a replica's own, made this moment perhaps: then it is empty for an instant.</summary>
    private void LookAtState(RelativePath path, FileStat stat, List<Observation> seen)
    {
        if (_nested.IsOne(path.Parent))
        {
            if (_waiting.Contains(path))
                seen.Add(new Observation.Unfit(path, NestedReplicas.Reason, IsDirectory: true) { IsForeign = true });
            _waiting.Forget(path);
            seen.Add(new Observation.Unfit(path.Parent, NestedReplicas.Reason, IsDirectory: true) { IsForeign = true });
        }
        else if (_files.List(path) is { Count: 0 } && !_waiting.HasLastedTooLong(path, Now))
        {
            _waiting.Until(path, Now, Now + Nanoseconds(_options.ReadAgainAfter));
            seen.Add(new Observation.Busy(path));
        }
        else
        {
            _waiting.Forget(path);
            seen.Add(new Observation.Folder(path, stat));
            List(path, seen);
        }
    }

    /// <summary>Watched first and listed afterwards, so that nothing falls in between.</summary>
    private void List(RelativePath directory, List<Observation> seen)
    {
        try
        {
            var outcome = _source.Add(directory);
            IsOutOfWatches |= outcome == WatchOutcome.OutOfWatches;
            if (outcome == WatchOutcome.Gone || _files.List(directory) is not { } names)
            {
                if (!directory.IsRoot)
                    seen.Add(new Observation.Absent(directory));
                return;
            }
            seen.Add(new Observation.Listing(directory, Items(directory, names)));
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            seen.Add(new Observation.Unfit(directory, e.Reason, IsDirectory: true));
        }
    }

    private List<ListedItem> Items(RelativePath directory, IReadOnlyList<DirectoryItem> names)
    {
        var items = new List<ListedItem>(names.Count);
        _unnameable.Remove(directory);
        foreach (var name in names)
        {
            if (!directory.TryChild(name.Name.Span, out var path, out _))
            {
                _unnameable[directory] = _unnameable.GetValueOrDefault(directory) + 1;
                continue;
            }
            try
            {
                if (path.IsReserved || _files.Stat(path) is not { } stat)
                    continue;
                var isApart = stat.IsDirectory && (_absences.IsMounted(stat) || NestedReplicas.IsNameOfState(path) || _nested.IsOne(path));
                if (isApart)
                    _dirty.Add(path);
                else if (stat.IsDirectory)
                    _directories.Add(path);
                items.Add(new ListedItem(path, stat, isApart));
            }
            catch (FileFaultException e) when (!e.StopsTheNode)
            {
                // One name that cannot be looked at is not its directory's fault.
                _dirty.Add(path);
                items.Add(new ListedItem(path, default, IsLookedAtApart: true));
            }
        }
        return items;
    }

    private void StartReading(RelativePath path, List<Observation> seen, ref long budget)
    {
        var file = _files.OpenRead(path);
        if (file is null)
        {
            // Replaced between the two calls.
            _dirty.Add(path);
            budget--;
            return;
        }
        var stat = file.Stat();
        if (_reading is not null && stat.Size > _options.SliceBytes)
        {
            file.Dispose();
            _large.Add(path);
            budget--;
            return;
        }
        if (stat.Size > Limits.FileBytesMax)
        {
            file.Dispose();
            seen.Add(new Observation.Unfit(path, "it is too large"));
            return;
        }
        var isPatienceOver = _waiting.HasLastedTooLong(path, Now);
        var writers = _traits.WritersOf(file);
        var isOpen = IsBeingWritten(writers, stat, out var lookAgainNs);
        if (isOpen && !isPatienceOver)
        {
            file.Dispose();
            _waiting.Until(path, Now, _closed.IsClosing(path, Now, out var soonNs) ? Math.Min(soonNs, lookAgainNs) : lookAgainNs);
            seen.Add(new Observation.Busy(path));
            return;
        }
        _closed.Forget(path);
        var reading = new FileReading(path, file, stat, isOpen, isPatienceOver, UnixNow) { AreWritersUnknown = writers == WriterState.Unknown };
        var isOver = Read(reading, seen, ref budget);
        // Beside a large one it is small enough to be read to its end, even with little left of the budget.
        while (!isOver && _reading is not null)
            isOver = Read(reading, seen, ref budget);
        if (!isOver)
            _reading = reading;
    }

    /// <summary>Where that cannot be told, a file is taken for open until it has settled.</summary>
    private bool IsBeingWritten(WriterState writers, FileStat stat, out long lookAgainNs)
    {
        lookAgainNs = long.MaxValue;
        if (writers != WriterState.Unknown)
            return writers == WriterState.Open;
        var settledAt = stat.Signature.ModifiedNs + Nanoseconds(_options.SettlingTime);
        lookAgainNs = Now + settledAt - UnixNow;
        return UnixNow < settledAt && stat.Signature.ModifiedNs <= UnixNow;
    }

    /// <summary>True when it is over; false where there is more to read.</summary>
    private bool Read(FileReading reading, List<Observation> seen, ref long budget)
    {
        var isOver = true;
        try
        {
            if (reading.Read(ref budget) is { } end)
                seen.Add(ObservationOf(reading, end));
            else
                isOver = false;
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            seen.Add(new Observation.Unfit(reading.Path, e.Reason));
        }
        finally
        {
            if (isOver)
                reading.Dispose();
        }
        return isOver;
    }

    private Observation ObservationOf(FileReading reading, ReadingEnd end)
    {
        var path = reading.Path;
        switch (end)
        {
            case ReadingEnd.Whole whole:
                _waiting.Forget(path);
                return new Observation.Content(path, whole.File, reading.IsOpen) { AreWritersUnknown = reading.AreWritersUnknown };
            case ReadingEnd.Beginning beginning:
                // What came after it is waited for as all of it was.
                _waiting.BeginAnew(path, Now);
                return new Observation.Content(path, beginning.File, IsStillOpen: true) { IsBeginning = true, AreWritersUnknown = reading.AreWritersUnknown };
            default:
                return _waiting.TryAgain(path, Now, Nanoseconds(_options.ReadAgainAfter), Nanoseconds(_options.TryBusyAgainAfter))
                    ? new Observation.Busy(path)
                    : new Observation.Unfit(path, "it is being changed all the time; it is tried again every now and then");
        }
    }

    private long UnixNow => (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    private static long Nanoseconds(TimeSpan span) => span.Ticks * TimeSpan.NanosecondsPerTick;
}
