using Actors.Messages.History;
using Actors.Messages.Identity;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What the registry has.</summary>
public sealed partial class Replica
{
    private PullRequest? _pullUnderWay;

    /// <summary>Every version up to the newest one heard of was read, and the cursor stands there.</summary>
    public bool IsAt(ulong head) => _pull.IsCaughtUp && _savedPosition is { } position && position.Cursor >= head;

    public ulong Head => _pull.Head;

    public void Join(Admission admission)
    {
        _session = admission.Session;
        _story.Welcomed();
        if (GivenName != admission.Session.Name)
        {
            GivenName = admission.Session.Name;
            Output.Changes.Name = GivenName;
        }
        var resumes = admission.Resumed && _savedPosition is not null;
        if (!resumes)
            Revalidate(admission.Session.Epoch);
        _pull.Begin(_savedPosition?.Cursor ?? 0, admission.Head);
        if (resumes)
            Resume(_savedPosition!.Value, admission);
        PullIfNeeded();
    }

    /// <summary>No session: nothing is proposed until there is one again. Pushes stay in doubt.</summary>
    public void Leave()
    {
        if (_session is null)
            return;
        EndPullWithoutAnswer();
        _story.Left();
        _session = null;
        _pull.End();
        foreach (var push in _pushes.Open)
            _pushes.RetryAt(push.Counter, long.MaxValue);
    }

    /// <summary>This replica has a new identity from now on: nothing counts as agreed on.</summary>
    public void TakeNewIdentity(NodeId id)
    {
        Leave();
        Forget();
        _identity = _identity with { Id = id };
        Output.Changes.Identity = _identity;
        Output.Changes.LastCounter = 0;
        _pushes.Restart();
    }

    /// <summary>A hint that may be lost, repeated or late.</summary>
    public void Invalidate(EpochId epoch, ulong head, IEnumerable<(RelativePath Path, ulong Version)> paths)
    {
        if (_session is null)
            return;
        if (epoch != _session.Epoch)
        {
            Output.Add(new ReplicaEffect.Rejoin("the share has another epoch", UnderNewIdentity: false));
            return;
        }
        Output.Add(new ReplicaEffect.AnswerInvalidate(head));
        if (_pull.Hear(head))
            TellInvalidation(head, [.. paths]);
        PullIfNeeded(isAsked: true);
    }

    /// <summary>The newest commit is at least this one.</summary>
    public void HearOfHead(ulong head)
    {
        _pull.Hear(head);
        PullIfNeeded();
    }

    public void TakePage(UpdatesPage page)
    {
        if (_session is null || page.Session != _session.Id || !_pull.Accept(page))
            return;
        if (page.Position.Epoch != _session.Epoch)
        {
            Output.Add(new ReplicaEffect.Rejoin("the share has another epoch", UnderNewIdentity: false));
            return;
        }
        RecordPull(NodeEventType.Ok, page.Session, page.Request, page.Position.Cursor);
        _pullUnderWay = null;
        Know(page.Position);
        foreach (var received in page.Entries)
        {
            var entry = received.Entry;
            if (_trees.Remote(entry.Path) is { } known && known.Version >= entry.Version)
                continue;
            SetRemote(entry);
            _agenda.Mark(entry.Path);
            // Where nothing is on either side there is nothing to agree on, and nothing else would end a fetch.
            if (entry.State.IsAbsent)
                _content.Forget(entry.Path);
            if (received.Inline is { } content)
                _content.TakeInline(entry.State.Content.Hash, content);
        }
        if (page.Complete)
            ProposePostponed();
        // The next page travels while this one is applied.
        PullIfNeeded();
    }

    private void Resume(SharePosition position, Admission admission)
    {
        if (position.Epoch != admission.Session.Epoch)
        {
            Save(position with { Epoch = admission.Session.Epoch });
            Know((_newest ?? position) with { Epoch = admission.Session.Epoch });
        }
        foreach (var outcome in admission.Outcomes)
        {
            if (outcome.AcceptedAs is { } committed)
                Accept(outcome.Counter, committed, committed.Cursor);
            else if (outcome.Refused is { } refused)
                Refuse(refused, admission.Head);
            else if (_pushes.WasSent(outcome.Counter) && !_pushes.IsDoomed(outcome.Counter)
                && _pushes.Find(outcome.Counter) is { } push && !DeletesWhatIsThere(push))
                Send(push);
            else
                Withdraw(outcome.Counter);
        }
    }

    /// <summary>
    /// The server does not know the position: nothing counts as agreed on, so that nothing can be taken for deleted. Bases
    /// of pushes in doubt mean nothing any more; what they would have brought is still on disk, and is decided on anew. That
    /// the replica was in this epoch is known from now on: a server that has lost the epoch itself is to be noticed too.
    /// </summary>
    private void Revalidate(EpochId epoch)
    {
        if (_savedPosition is not null || _trees.Below(RelativePath.Root).Any(path => _trees.Synced(path) is not null) || _pushes.Count > 0)
            Forget();
        _pushes.Clear();
        var beginning = new SharePosition(epoch, 0, default);
        Save(beginning);
        Know(beginning);
    }

    private void Forget()
    {
        Output.ForgetAgreement();
        foreach (var push in _pushes.Open)
        {
            Output.Add(new ReplicaEffect.EndPush(push));
            // What became of it will never be known.
            _story.Record(NodeEventType.Info, EventNames.Push, e => e with { Op = OpOf(push.Counter), Path = push.Changes[0].Path.ToString() });
        }
        foreach (var push in _pushes.Open.ToList())
        {
            foreach (var change in push.Changes)
                _trees.SetInFlight(change.Path, false);
        }
        _content.ForgetAll();
        Local.ForgetAgreement();
        foreach (var path in _trees.Below(RelativePath.Root).ToList())
        {
            _trees.SetSynced(path, null);
            _trees.SetRemote(path, null);
        }
        _postponed.Clear();
        _kept.Clear();
        (_savedPosition, _newest) = (null, null);
        _newestOwnCommit = 0;
        _agenda.Mark(RelativePath.Root);
    }

    /// <param name="isAsked">The session repeats its notice: it may not know how far the cursor is.</param>
    private void PullIfNeeded(bool isAsked = false)
    {
        if (_session is null || !Local.IsScanned)
            return;
        if (!_pull.TryNext(_session, _savedPosition?.Cursor ?? 0, isAsked, _clock.MonotonicNanoseconds(), out var pull))
            return;
        _story.Pulling();
        EndPullWithoutAnswer();
        RecordPull(NodeEventType.Invoke, pull.Session, pull.Request, pull.Cursor);
        _pullUnderWay = pull;
        Output.Add(new ReplicaEffect.SendPull(pull));
    }

    /// <summary>Its answer was lost, or comes too late to count.</summary>
    private void EndPullWithoutAnswer()
    {
        if (_pullUnderWay is { } lost)
            RecordPull(NodeEventType.Fail, lost.Session, lost.Request, lost.Cursor);
        _pullUnderWay = null;
    }

    private void RecordPull(NodeEventType type, ulong session, ulong request, ulong seq) =>
        _story.Record(type, EventNames.Pull, e => e with { Op = EventOps.Pull(session, request), Seq = seq });

    private void TellInvalidation(ulong head, IReadOnlyList<(RelativePath Path, ulong Version)> paths)
    {
        if (paths.Count > 0 && paths.All(item => (_trees.Remote(item.Path)?.Version ?? 0) >= item.Version))
            return;
        _story.Invalidated(head, [.. paths.Select(item => item.Path)]);
        // One is under way, and its answer may hold this already.
        if (_pullUnderWay is not null)
            _story.Pulling();
    }

    private void Save(SharePosition position)
    {
        _savedPosition = position;
        Output.Changes.Position = position;
    }

    /// <summary>
    /// Something of the share's history up to there is about to be taken. Noted before any of it is, this goes to the store
    /// together with the first row of it, or earlier.
    /// </summary>
    private void Know(SharePosition position)
    {
        if (_newest is { } known && known.Epoch == position.Epoch && known.Cursor >= position.Cursor)
            return;
        _newest = position;
        Output.Changes.Newest = position;
    }

    /// <summary>The synced tree is the tree after the commit that the last page was read at.</summary>
    private void SaveCursorIfWhole()
    {
        if (_pull.Complete is not { } position || _trees.Behind.Count > 0 || _newestOwnCommit > position.Cursor || _savedPosition == position)
            return;
        Save(position);
    }
}
