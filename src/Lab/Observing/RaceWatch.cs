using System.Globalization;
using System.Text;
using Actors.Client.Cache;
using Actors.Client.FileSystem;
using Actors.Client.Planning;
using Actors.Client.Storage;
using Actors.Client.Watcher;
using Actors.Lab.Checking;
using Actors.Lab.Nodes;
using Actors.Lab.Plans;
using Actors.Messages;
using Actors.Messages.Tree;
using Actors.NodeShell;
using Actors.Server.Ledger;
using Actors.Server.Registry;
using Actors.Server.Storage;
using Google.Protobuf;

namespace Actors.Lab.Observing;

/// <summary>Recognises by what nodes say to each other which of the protocol's races a run got into.</summary>
internal sealed class RaceWatch(ServerHistory history, RecordedStorage storage, Coverage coverage)
{
    private static readonly string[] DiskReasons = [.. Enum.GetValues<FileFault>().Where(FileFaults.IsOfTheDisk).Select(fault => fault.Reason())];

    private readonly LedgerWatch _ledger = new(history, coverage);
    private readonly ObservationWatch _observations = new(history, coverage);
    private readonly FirstJoinWatch _firstJoins = new(coverage);
    private readonly Dictionary<ulong, ulong> _headHeard = [];
    private readonly Dictionary<(ulong Session, ulong Counter), (string? Machine, HashSet<ByteString> Paths)> _inFlight = [];
    private readonly HashSet<(ClientSite Site, RelativePath Path)> _placed = [];

    /// <summary>Sessions that have a pull and whose client does not have the answer yet.</summary>
    private readonly HashSet<ulong> _pulling = [];

    /// <summary>A message is about to be handled on a machine.</summary>
    public void See(string? machine, object message)
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
                _inFlight[(dispatch.Key.Session, dispatch.Push.Counter)] =
                    (machine, [.. dispatch.Push.Changes.Select(change => ByteString.CopyFrom(change.Path.Bytes))]);
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
            case Welcome welcome:
                OnWelcome(machine, welcome);
                break;
            case SessionClosed { Replaced: true }:
                coverage.Reached(Races.SessionReplaced);
                break;
            case CacheActor.TakeNewIdentity:
                coverage.Reached(Races.IdentityRedrawn);
                break;
            case ContentMissing:
                coverage.Reached(Races.ContentUploaded);
                break;
            case WatcherActor.Observed observed when machine is not null:
                OnObserved(machine, observed.Seen.OfType<Observation.Content>());
                OnUnfit(machine, observed.Seen.OfType<Observation.Unfit>());
                break;
            case RegistryEvent.BatchDone done:
                _ledger.See(done);
                OnBatchDone(done);
                break;
        }
    }

    public void Hear(string line)
    {
        if (line.EndsWith("starting the connection anew", StringComparison.Ordinal))
            coverage.Reached(Races.SystemRecreated);
        else if (line.StartsWith("Stopped: the replica was emptied", StringComparison.Ordinal))
            coverage.Reached(Races.ReplicaStopped);
        else if (line.StartsWith("Not synced: ", StringComparison.Ordinal) && DiskReasons.Any(reason => line.EndsWith(reason, StringComparison.Ordinal)))
            coverage.Reached(Races.HeldForTheDisk);
        else if (line.StartsWith("The server cannot write", StringComparison.Ordinal) && line.Contains("was removed, moved or replaced", StringComparison.Ordinal))
            coverage.Reached(Races.DataGone);
        else if (line == "Going on")
            coverage.Reached(Races.ReplicaWentOn);
    }

    public void Hear(LogEvent logEvent)
    {
        if (logEvent.LogSource.StartsWith(nameof(Refusals), StringComparison.Ordinal) && logEvent.Message.ToString()!.Contains(", where ", StringComparison.Ordinal))
            coverage.Reached(Races.MailboxFull);
    }

    public void Record(NodeEvent e)
    {
        if (e is { Name: EventNames.Conflict, Version: null })
            coverage.Reached(Races.DisplacedEdit);
    }

    public void Commit(LogRow row)
    {
        foreach (var change in row.Changes)
        {
            if (ConflictName.IsOne(change.Path))
                OnConflictCopy(change.Path);
            if (!change.To.IsAbsent && change.Base > 0 && history.Find(change.Path) is { State.IsAbsent: true } before && before.Version > change.Base)
                coverage.Reached(Races.EditOverDeletion);
            if (change.To.IsAbsent && history.Find(change.Path) is { State.IsFile: true } deleted)
                OnDeleted(row, change.Path, deleted.Version);
            if (!change.To.IsFile)
                continue;
            foreach (var site in storage.Owners(row.Commit.Push.Node))
                _firstJoins.Commit(site, change.Path, change.To.Content);
        }
    }

    public void Place(ClientSite site, RelativePath path)
    {
        _placed.Add((site, path));
        _observations.Place(site, path);
        _firstJoins.Place(site, path);
    }

    /// <summary>A node has moved a file into its own directory, or out of it.</summary>
    public void Move(ClientSite site, RelativePath from, RelativePath to)
    {
        if (from.Parent != ReplicaLayout.Displaced || !long.TryParse(from.Name, CultureInfo.InvariantCulture, out var id)
            || !storage.RecordOf(site).Displaced.TryGetValue(id, out var displaced))
            return;
        var wanted = displaced.Path;
        if (displaced.CopyName == wanted && to != wanted && DiskEye.Find(site.Machine, $"{ClientSite.Root}/{wanted}") is null)
            coverage.Reached(Races.NameTakenSince);
    }

    /// <summary>A replica has stored that it agrees with the server on something.</summary>
    public void Store(ClientSite site, ReplicaRecord before, ReplicaChanges changes)
    {
        if (changes.Displaced.Count > 0)
            coverage.Reached(site.Place == PlaceKind.OtherUser ? Races.DisplacedOfOtherUser : Races.DisplacedOpenFile);
        if (changes.DisplacedDone.Count > 0)
            coverage.Reached(Races.DisplacedFileClosed);
        if (changes.Pushes.Count > 0 && changes.LastCounter is { } last && last >= OldestOpen(before, changes) + Limits.PushesOpenMax - 1)
            coverage.Reached(Races.WindowFull);
        StoreIdentity(site, before, changes);
        foreach (var (path, entry) in changes.Synced)
        {
            var isPlaced = _placed.Remove((site, path));
            if (entry is not { State.IsFile: true } || isPlaced || before.Synced.GetValueOrDefault(path)?.State == entry.State)
                continue;
            var author = entry.Version > 0 && entry.Version <= history.Head ? history.Log[(int)entry.Version - 1].Commit.Push.Node : default;
            if (author == (changes.Identity ?? before.Identity)?.Id)
                continue;
            coverage.Reached(Races.SameBytesAdopted);
            _firstJoins.Adopt(site, path, entry.State.Content);
        }
    }

    private void StoreIdentity(ClientSite site, ReplicaRecord before, ReplicaChanges changes)
    {
        var identity = changes.Identity ?? before.Identity;
        if (identity is not null && identity.Id != before.Identity?.Id)
            _firstJoins.Begin(site);
        else if (changes.ForgetAgreement)
            coverage.Reached(Races.Revalidated);
        if (changes.ForgetAgreement && VisibleTree.Read(site.Machine, $"{ClientSite.Root}/{ReplicaLayout.Staging}").Keys.Any(IsWhole))
            coverage.Reached(Races.StagedOfLostHistory);

        bool IsWhole(string name) => ReplicaLayout.IsPart(Encoding.ASCII.GetBytes(name))
            && DiskEye.Find(site.Machine, $"{ClientSite.Root}/{ReplicaLayout.Staging}/{name}") is { OpenForWriting: 0 };
        if (before.Identity is { } was && identity is not null && !was.IsAt(identity.Machine, identity.Device, identity.Inode))
            coverage.Reached(Races.IdentityNewAtStart);
    }

    private void OnBatchDone(RegistryEvent.BatchDone done)
    {
        foreach (var (question, result) in done.Batch.Questions.Zip(done.Results))
        {
            if (question is not RegistryEvent.JoinAsked asked || result is not LedgerResult.Joined { NewEpoch: true })
                continue;
            var joining = storage.Owners(asked.Join.Node.Id).Select(site => site.Name).ToHashSet();
            if (_inFlight.Values.Any(push => push.Machine is { } machine && !joining.Contains(machine)))
                coverage.Reached(Races.EpochWhilePushing);
        }
    }

    private static ulong OldestOpen(ReplicaRecord before, ReplicaChanges changes) => before.PushesOpen.Concat(changes.Pushes)
        .Select(push => push.Counter).Except(changes.SettledPushes).Min();

    private void OnConflictCopy(RelativePath copy)
    {
        coverage.Reached(Races.ConflictCopy);
        if (history.Find(ConflictChecker.OriginalOf(copy)) is { State.IsFolder: true })
            coverage.Reached(Races.DirectoryOverFile);
    }

    private void OnDeleted(LogRow row, RelativePath path, ulong version)
    {
        var author = history.Log[(int)version - 1].Commit.Push;
        if (author.Node != row.Commit.Push.Node && storage.Owners(author.Node).Any(site => storage.RecordOf(site).PushesOpen.Any(
            push => push.Counter == author.Counter && push.Changes.Any(change => change.Path == path))))
            coverage.Reached(Races.DeletedInDoubt);
    }

    private void OnNotice(Invalidate notice)
    {
        var known = _headHeard.GetValueOrDefault(notice.Session);
        if (notice.Head == known)
            coverage.Reached(Races.NoticeRepeated);
        if (notice.Head > known && _pulling.Contains(notice.Session))
            coverage.Reached(Races.NoticeBeforePage);
        _headHeard[notice.Session] = Math.Max(known, notice.Head);
        foreach (var ((session, _), (_, paths)) in _inFlight)
        {
            if (session == notice.Session && notice.Paths.Any(item => paths.Contains(item.Path)))
                coverage.Reached(Races.NoticeOfPathInFlight);
        }
    }

    private void OnWelcome(string? machine, Welcome welcome)
    {
        foreach (var push in _inFlight.Where(push => push.Value.Machine == machine).Select(push => push.Key).ToList())
            _inFlight.Remove(push);
        if (welcome.Outcomes.Any(outcome => outcome.Accepted is not null))
            coverage.Reached(Races.DoubtCommitted);
        if (welcome.Outcomes.Any(outcome => outcome.Undecided is not null))
            coverage.Reached(Races.DoubtUndecided);
    }

    private void OnObserved(string machine, IEnumerable<Observation.Content> contents)
    {
        foreach (var content in contents)
        {
            _observations.See(machine, content);
            var path = ByteString.CopyFrom(content.Path.Bytes);
            if (_inFlight.Values.Any(push => push.Machine == machine && push.Paths.Contains(path)))
                coverage.Reached(Races.EditWaitsForOutcome);
        }
    }

    private void OnUnfit(string machine, IEnumerable<Observation.Unfit> unfit)
    {
        if (unfit.Any(seen => storage.RecordOf(machine)?.Synced.GetValueOrDefault(seen.Path) is { State.IsFolder: true }))
            coverage.Reached(Races.DirectoryHidden);
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
            case PushRejection.Unavailable when rejected.Text == "the server is busy":
                coverage.Reached(Races.PushPutOff);
                break;
            case PushRejection.Order:
                coverage.Reached(Races.RefusedForOrder);
                break;
            case PushRejection.Unavailable when rejected.Text.Contains("which it follows", StringComparison.Ordinal):
                coverage.Reached(Races.BeforeItsTurn);
                break;
        }
    }
}
