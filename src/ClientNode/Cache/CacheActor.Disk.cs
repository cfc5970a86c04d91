using Actors.Client.FileSystem;
using Actors.Client.Watcher;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What the Watcher tells.</summary>
public sealed partial class CacheActor
{
    private const int UntrustedReadPerTick = 1_000;
    private const int CompareAllWithinSeconds = 60;

    private void OnObserved(IReadOnlyList<Observation> seen)
    {
        if (seen.Any(observation => observation is Observation.Content or Observation.Folder or Observation.Busy))
            _guard.SawSomething();
        var lookAt = new List<RelativePath>();
        foreach (var observation in seen)
        {
            // It may be older than what was applied meanwhile: only what is still so counts.
            if (StillSo(observation) is { } now)
                lookAt.AddRange(_replica.Observe(now));
            else
                lookAt.Add(observation.Path);
        }
        _watcher.Tell(new WatcherActor.Taken(lookAt));
        Pump();
    }

    private Observation? StillSo(Observation observation)
    {
        switch (observation)
        {
            case Observation.Absent absent:
                return _guard.IsGone(absent.Path) ? absent : null;
            case Observation.Folder folder:
                return StatOrNull(folder.Path) is { IsDirectory: true } ? folder : null;
            case Observation.Content content:
                return StatOrNull(content.Path) is { IsRegular: true } stat && content.Holds(stat) ? content : null;
            case Observation.Listing listing:
                if (!listing.Path.IsRoot && StatOrNull(listing.Path) is not { IsDirectory: true })
                    return null;
                return listing with { Items = [.. listing.Items.Where(item => !item.Stat.IsDirectory || StatOrNull(item.Path) is { IsDirectory: true })] };
            default:
                return observation;
        }
    }

    private FileStat? StatOrNull(RelativePath path)
    {
        try
        {
            return _home.Files.Stat(path);
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            return null;
        }
    }

    private void OnScanned(WatcherActor.Scanned scanned)
    {
        if (scanned.IsOutOfWatches && !_isOutOfWatches)
        {
            _home.Journal.Narrate(
                $"Not every directory can be watched: changes there are found by a scan every {_home.RescanEvery.TotalSeconds:0} s. "
                + "Raise fs.inotify.max_user_watches (sysctl) to have them at once.");
        }
        _isOutOfWatches = scanned.IsOutOfWatches;
        if (scanned.Unnameable > 0 && scanned.Unnameable != _unnameable)
            _home.Journal.Narrate($"Not synced: {Counted.Of(scanned.Unnameable, "name")} that cannot be written down as text, or too long");
        _unnameable = scanned.Unnameable;
        if (!_guard.HasLooked && !_replica.IsStopped && !_guard.MayBelieveAbsences(_replica))
            StopReplica();
        Do(_replica.FinishScan);
    }

    private void OnLookAtAbsences()
    {
        if (_replica.IsStopped)
            return;
        var due = _replica.Local.AbsencesDue();
        if (due.Count > 0)
        {
            if (!_guard.MayBelieveAbsences(_replica))
            {
                StopReplica();
                return;
            }
            var back = due.Where(path => !_guard.IsGone(path)).ToList();
            _replica.Local.BelieveAbsences([.. due.Except(back)]);
            if (back.Count > 0)
                _watcher.Tell(new WatcherActor.Look(back));
        }
        Pump();
    }

    private void OnLookAtNewNames()
    {
        if (_replica.IsStopped)
            return;
        var due = _replica.Local.TakeNewNamesDue();
        var gone = due.Where(_guard.IsMissing).ToList();
        _replica.Local.BelieveNewNames([.. due.Except(gone)]);
        if (gone.Count > 0)
        {
            _replica.Local.DoubtNewNames(gone);
            _watcher.Tell(new WatcherActor.Look(gone));
        }
        Pump();
    }

    private void OnTick()
    {
        _ticks++;
        if (_replica.IsStopped)
            ResumeReplica();
        else if (!_guard.IsRootThere())
            StopReplica();
        _replica.Tick();
        if (_disk.OpenDisplaced.Count > 0 && !_replica.IsStopped)
            LookAtDisplaced();
        if (_replica.Local.TakeUntrusted(UntrustedReadPerTick) is { Count: > 0 } untrusted)
            _watcher.Tell(new WatcherActor.Look(untrusted));
        if (!_replica.IsStopped)
            LookForUnnoticed();
        LookAtHeld(_replica.Local.TakeHeldDue());
        if ((_isOutOfWatches || _home.Traits.IsNetwork) && _ticks % Math.Max(1, (long)_home.RescanEvery.TotalSeconds) == 0)
            _watcher.Tell(WatcherActor.Rescan.Instance);
        Pump();
    }

    /// <summary>
    /// Writes through a mapping, or on another machine, come without a notice. The first of them changes the file's times, and
    /// the file stays open.
    /// </summary>
    private void LookForUnnoticed()
    {
        ReadOpen(_replica.Local.TakeOpenDue());
        if (_replica.Local.TakeTurn(CompareAllWithinSeconds) is { Count: > 0 } turn)
            _watcher.Tell(new WatcherActor.Compare(turn));
    }

    private void ReadOpen(IReadOnlyList<(RelativePath Path, bool IsOpen)> files)
    {
        var isOpen = files.ToLookup(file => file.IsOpen, file => file.Path);
        if (isOpen.Contains(true))
            _watcher.Tell(new WatcherActor.ReadOpen([.. isOpen[true]]));
        if (isOpen.Contains(false))
            _watcher.Tell(new WatcherActor.Look([.. isOpen[false]]));
    }

    private void LookAtHeld(IReadOnlyList<RelativePath> held)
    {
        if (held.Count > 0)
            _watcher.Tell(new WatcherActor.Look(held));
    }

    private void LookAtDisplaced()
    {
        if (!_guard.MayApply(_replica))
        {
            StopReplica();
            return;
        }
        var appeared = _displaced.Check(Naming(_replica.Outgoing.Identity), _replica.IsSyncedOrInFlight);
        if (appeared.Count > 0)
            _watcher.Tell(new WatcherActor.Look(appeared));
        // Other work has its turn between two pieces.
        if (_displaced.HasMore && !_isReadingOn)
        {
            _isReadingOn = true;
            Self.Tell(ReadOn.Instance);
        }
    }

    private void OnReadOn()
    {
        _isReadingOn = false;
        if (_replica.IsStopped)
            return;
        LookAtDisplaced();
        Pump();
    }

    /// <summary>
    /// Parts of content are kept over a restart, so that a fetch goes on where it was. When the replica first has everything
    /// that the server has, the parts that are left are not needed any more.
    /// </summary>
    private void SweepStaging()
    {
        if (_isStagingSwept || _replica.Remote.Session is null || !_replica.IsSettled)
            return;
        _isStagingSwept = true;
        foreach (var item in _home.Files.List(ReplicaLayout.Staging) ?? [])
        {
            if (ReplicaLayout.IsPart(item.Name.Span) && !_replica.Remote.Content.IsStaged(System.Text.Encoding.ASCII.GetString(item.Name.Span)))
                _ = _home.Files.Delete(ReplicaLayout.Staging.Child(item.Name.Span));
        }
    }

    private void StopReplica()
    {
        _replica.IsStopped = true;
        _home.Journal.Narrate($"Stopped: {_guard.Reason}");
    }

    private void ResumeReplica()
    {
        if (!_guard.TryResume(_replica))
            return;
        _replica.IsStopped = false;
        _home.Journal.Narrate("Going on");
        _watcher.Tell(WatcherActor.Rescan.Instance);
        Pump();
    }
}
