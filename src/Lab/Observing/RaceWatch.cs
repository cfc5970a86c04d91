using Actors.Client.Caching;
using Actors.Client.State;
using Actors.Client.Watching;
using Actors.Hosting;
using Actors.Messages;
using Actors.Replication.Conflicts;
using Actors.Server.Storage;
using Google.Protobuf;

namespace Actors.Lab.Observing;

/// <summary>Recognises by what nodes say to each other which of the protocol's races a run got into.</summary>
internal sealed class RaceWatch(Coverage coverage)
{
    private readonly Dictionary<ulong, ulong> _headHeard = [];

    /// <summary>Sessions that have a pull and whose client does not have the answer yet.</summary>
    private readonly HashSet<ulong> _pulling = [];
    private readonly Dictionary<(ulong Session, ulong Counter), HashSet<ByteString>> _inFlight = [];

    public void See(object message)
    {
        switch (message)
        {
            case Invalidate notice:
                OnNotice(notice);
                break;
            case Pull pull:
                _pulling.Add(pull.Session);
                break;
            case Updates page:
                _pulling.Remove(page.Session);
                break;
            case PushDispatch dispatch:
                _inFlight[(dispatch.Session, dispatch.Push.Counter)] = [.. dispatch.Push.Changes.Select(change => ByteString.CopyFrom(change.Path.Bytes))];
                break;
            case PushAccepted accepted:
                _inFlight.Remove((accepted.Session, accepted.Counter));
                break;
            case PushRejected rejected:
                OnRejected(rejected);
                break;
            case Join { InDoubt.Count: > 0 }:
                coverage.Reached(Races.PushInDoubtAtJoin);
                break;
            case JoinRefused { Reason: JoinRefusal.IdentityInUse }:
                coverage.Reached(Races.IdentityInUse);
                break;
            case SessionClosed { Replaced: true }:
                coverage.Reached(Races.SessionReplaced);
                break;
            case CacheActor.BecomeSomebodyElse:
                coverage.Reached(Races.IdentityRedrawn);
                break;
            case ContentMissing:
                coverage.Reached(Races.ContentUploaded);
                break;
            case WatcherActor.Observed observed when observed.Seen.Any(seen => seen is Observation.Content { IsStillOpen: true }):
                coverage.Reached(Races.SnapshotOfOpenFile);
                break;
        }
    }

    public void Hear(string line)
    {
        if (line.EndsWith("starting the connection anew", StringComparison.Ordinal))
            coverage.Reached(Races.SystemRecreated);
    }

    public void Record(NodeEvent e)
    {
        if (e is { Name: EventNames.Conflict, Version: null })
            coverage.Reached(Races.DisplacedEdit);
    }

    public void Commit(LogRow row)
    {
        if (row.Changes.Any(change => ConflictName.IsOne(change.Path)))
            coverage.Reached(Races.ConflictCopy);
    }

    private void OnNotice(Invalidate notice)
    {
        var known = _headHeard.GetValueOrDefault(notice.Session);
        if (notice.Head == known)
            coverage.Reached(Races.NoticeRepeated);
        if (notice.Head > known && _pulling.Contains(notice.Session))
            coverage.Reached(Races.NoticeBeforePage);
        _headHeard[notice.Session] = Math.Max(known, notice.Head);
        foreach (var ((session, _), paths) in _inFlight)
        {
            if (session == notice.Session && notice.Paths.Any(item => paths.Contains(item.Path)))
                coverage.Reached(Races.NoticeOfPathInFlight);
        }
    }

    private void OnRejected(PushRejected rejected)
    {
        _inFlight.Remove((rejected.Session, rejected.Counter));
        switch (rejected.Reason)
        {
            case PushRejection.Stale:
                coverage.Reached(Races.PushStale);
                break;
            case PushRejection.Fenced:
                coverage.Reached(Races.PushFenced);
                break;
            case PushRejection.Counter:
                coverage.Reached(Races.PushBoundToOther);
                break;
        }
    }
}
