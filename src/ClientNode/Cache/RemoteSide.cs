using Actors.Client.Planning;
using Actors.Client.Storage;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>
/// What is there: the registry's tree as far as it was read, what of it is agreed on, and the session in which more is read.
/// </summary>
internal sealed class RemoteSide(
    ReplicaTrees trees, Agenda agenda, ReplicaOutput output, ReplicaStory story, LocalSide local, ReplicaFacts facts, TimeProvider clock)
{
    private readonly PullTracker _pull = new();
    private PullRequest? _pullUnderWay;
    private ulong _newestOwnCommit;

    public ArrivingContent Content { get; } = new(agenda, output);

    public ReplicaSession? Session { get; private set; }

    /// <summary>What the server called this node last; null: it was never welcomed.</summary>
    public string? GivenName { get; private set; } = facts.Name.Length > 0 ? facts.Name : null;

    /// <summary>The position of the last saved cursor; null: none in this share's history.</summary>
    public SharePosition? Position { get; private set; } = facts.Position;

    /// <summary>
    /// The newest place in the share's history that the replica has anything of. It may lie beyond the cursor, over a restart
    /// too: a server on whose chain it does not lie has lost commits, although the cursor lies on it.
    /// </summary>
    public SharePosition? Newest { get; private set; } = facts.Newest;

    public EpochId? Epoch => Session?.Epoch ?? Position?.Epoch;

    public ulong Head => _pull.Head;

    /// <summary>A complete page has come since the session began, and nothing was refused since.</summary>
    public bool IsCaughtUp => _pull.IsCaughtUp;

    /// <summary>All that was heard of was read, and its content is here.</summary>
    public bool IsSettled => _pull.IsCaughtUp && !Content.IsFetchingAny && _pull.Complete is { } position && position.Cursor >= _pull.Head;

    public void Enter(ReplicaSession session)
    {
        Session = session;
        story.Welcomed();
        if (GivenName == session.Name)
            return;
        GivenName = session.Name;
        output.Changes.Name = GivenName;
    }

    /// <summary>The server knows the position, under this epoch.</summary>
    public void Resume(EpochId epoch)
    {
        if (Position is not { } position || position.Epoch == epoch)
            return;
        Save(position with { Epoch = epoch });
        Know((Newest ?? position) with { Epoch = epoch });
    }

    /// <summary>
    /// Nothing of this epoch is agreed on. That the replica was in it is known from now on: a server that has lost the epoch
    /// itself is to be noticed too.
    /// </summary>
    public void Begin(EpochId epoch)
    {
        var beginning = new SharePosition(epoch, 0, default);
        Save(beginning);
        Know(beginning);
    }

    /// <summary>Everything after the cursor is to be read.</summary>
    public void ReadFromCursor(ulong head) => _pull.Begin(Position?.Cursor ?? 0, head);

    public void Leave()
    {
        EndPull(NodeEventType.Fail);
        story.Left();
        Session = null;
        _pull.End();
    }

    /// <summary>Nothing counts as agreed on, or as read.</summary>
    public void Forget()
    {
        Content.ForgetAll();
        foreach (var path in trees.Below(RelativePath.Root).ToList())
            trees[path] = trees[path] with { Synced = null, Remote = null };
        (Position, Newest, _newestOwnCommit) = (null, null, 0);
    }

    /// <summary>The newest commit is at least this one.</summary>
    public void Hear(ulong head) => _pull.Hear(head);

    /// <summary>What is known is not enough to go on: nothing is proposed until everything newer was read.</summary>
    public void FallBehind() => _pull.FallBehind();

    /// <summary>A hint that may be lost, repeated or late.</summary>
    public void Invalidate(EpochId epoch, ulong head, IEnumerable<(RelativePath Path, ulong Version)> paths)
    {
        if (Session is null)
            return;
        if (epoch != Session.Epoch)
        {
            output.Add(new ReplicaEffect.Rejoin("the share has another epoch", UnderNewIdentity: false));
            return;
        }
        output.Add(new ReplicaEffect.AnswerInvalidate(head));
        var named = paths.ToList();
        if (_pull.Hear(head) && (named.Count == 0 || named.Any(item => (trees.Remote(item.Path)?.Version ?? 0) < item.Version)))
        {
            story.Invalidated(head, [.. named.Select(item => item.Path)]);
            // One is under way, and its answer may hold this already.
            if (_pullUnderWay is not null)
                story.Pulling();
        }
        PullIfNeeded(isAsked: true);
    }

    /// <summary>False: not the page that is waited for, or of another history.</summary>
    public bool TakePage(UpdatesPage page)
    {
        if (Session is null || page.Session != Session.Id || !_pull.Accept(page))
            return false;
        if (page.Position.Epoch != Session.Epoch)
        {
            output.Add(new ReplicaEffect.Rejoin("the share has another epoch", UnderNewIdentity: false));
            return false;
        }
        EndPull(NodeEventType.Ok, page.Position.Cursor);
        Know(page.Position);
        foreach (var received in page.Entries)
        {
            var entry = received.Entry;
            if (trees.Remote(entry.Path) is { } known && known.Version >= entry.Version)
                continue;
            SetRemote(entry);
            agenda.Mark(entry.Path);
            // Where nothing is on either side there is nothing to agree on, and nothing else would end a fetch.
            if (entry.State.IsAbsent)
                Content.Forget(entry.Path);
            if (received.Inline is { } content)
                Content.TakeInline(entry.State.Content.Hash, content);
        }
        return true;
    }

    /// <summary>The registry's version is on the disk, or is what was read there.</summary>
    public void Agree(TreeEntry entry)
    {
        SetSynced(entry);
        Content.Forget(entry.Path);
    }

    /// <summary>A push became this commit, which may come before the page that holds it.</summary>
    public void NoteOwnCommit(SharePosition committed)
    {
        Know(committed);
        _newestOwnCommit = Math.Max(_newestOwnCommit, committed.Cursor);
    }

    /// <summary>A change of an own push; <paramref name="isHere"/>: the disk has it.</summary>
    public void TakeCommitted(TreeEntry entry, bool isHere)
    {
        if ((trees.Remote(entry.Path)?.Version ?? 0) < entry.Version)
            SetRemote(entry);
        if (!isHere)
            return;
        SetSynced(entry);
        // What was fetched of an older version is of no use any more.
        if (trees.Remote(entry.Path)?.Version == entry.Version)
            Content.Forget(entry.Path);
    }

    /// <summary>A deletion is of no use once both sides agree that there is nothing.</summary>
    public void ForgetDeletion(RelativePath path)
    {
        if (trees[path] is { IsBehind: false, Remote.State.IsAbsent: true })
            trees.SetRemote(path, null);
    }

    /// <param name="isAsked">The session repeats its notice: it may not know how far the cursor is.</param>
    public void PullIfNeeded(bool isAsked = false)
    {
        if (Session is null || !local.IsScanned)
            return;
        if (!_pull.TryNext(Session, Position?.Cursor ?? 0, isAsked, clock.MonotonicNanoseconds(), out var pull))
            return;
        story.Pulling();
        EndPull(NodeEventType.Fail);
        _pullUnderWay = pull;
        RecordPull(NodeEventType.Invoke, pull, pull.Cursor);
        output.Add(new ReplicaEffect.SendPull(pull));
    }

    /// <summary>The synced tree is the tree after the commit that the last page was read at.</summary>
    public void SaveCursorIfWhole()
    {
        if (_pull.Complete is not { } position || trees.Behind.Count > 0 || _newestOwnCommit > position.Cursor || Position == position)
            return;
        Save(position);
    }

    private void SetRemote(TreeEntry entry)
    {
        trees.SetRemote(entry.Path, entry);
        ForgetDeletion(entry.Path);
    }

    private void SetSynced(TreeEntry entry)
    {
        var (path, live) = (entry.Path, entry.State.IsAbsent ? null : entry);
        output.KeepWhole();
        trees[path] = trees[path] with { Synced = live, IsFound = false };
        output.Changes.Synced[path] = live;
        if (live is not null)
            local.NoteAgreed(path);
        ForgetDeletion(path);
    }

    /// <summary>It is answered; or its answer was lost, or comes too late to count.</summary>
    private void EndPull(NodeEventType outcome, ulong? readTo = null)
    {
        if (_pullUnderWay is { } pull)
            RecordPull(outcome, pull, readTo ?? pull.Cursor);
        _pullUnderWay = null;
    }

    private void RecordPull(NodeEventType type, PullRequest pull, ulong seq) =>
        story.Record(type, EventNames.Pull, e => e with { Op = EventOps.Pull(pull.Session, pull.Request), Seq = seq });

    private void Save(SharePosition position)
    {
        Position = position;
        output.Changes.Position = position;
    }

    /// <summary>
    /// Something of the share's history up to there is about to be taken. Noted before any of it is, this goes to the store
    /// together with the first row of it, or earlier.
    /// </summary>
    private void Know(SharePosition position)
    {
        if (Newest is { } known && known.Epoch == position.Epoch && known.Cursor >= position.Cursor)
            return;
        Newest = position;
        output.Changes.Newest = position;
    }
}
