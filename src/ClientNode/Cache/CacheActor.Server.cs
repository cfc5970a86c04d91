using Actors.Client.Content;
using Actors.Client.Watcher;
using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What the server says.</summary>
public sealed partial class CacheActor
{
    private readonly ILoggingAdapter _log = Context.GetLogger();

    private void ReceiveServer()
    {
        Receive<PrepareJoin>(_ => OnPrepareJoin());
        Receive<SessionBegan>(OnSessionBegan);
        Receive<SessionLost>(_ => OnSessionLost());
        Receive<TakeNewIdentity>(_ => OnTakeNewIdentity());
        Receive<Invalidate>(OnInvalidate);
        Receive<Updates>(OnUpdates);
        Receive<HeadReply>(OnHeadReply);
        Receive<PushAccepted>(OnPushAccepted);
        Receive<PushRejected>(OnPushRejected);
        Receive<ContentMissing>(OnContentMissing);
    }

    private void OnPrepareJoin()
    {
        // The server may forget what is said to be settled: it must be so here after any crash.
        Store();
        Sender.Tell(new JoinFacts(
            _replica.Outgoing.Identity,
            _replica.Remote.Position,
            _replica.Remote.Newest,
            [.. _replica.Outgoing.InDoubt.Select(push => new DoubtfulPush(push.Counter, push.Digest))],
            _replica.Outgoing.SettledThrough));
    }

    private void OnSessionBegan(SessionBegan began)
    {
        _sessionActor = began.SessionActor;
        _watcher.Tell(new WatcherActor.ToRegistry(began.Registry));
        _transfer.Tell(new TransferActor.OpenLane(began.Transfer, began.Admission.Session.Key));
        Do(() => _replica.Join(began.Admission));
    }

    private void OnSessionLost()
    {
        _sessionActor = ActorRefs.Nobody;
        _transfer.Tell(TransferActor.CloseLane.Instance);
        Do(_replica.Leave);
    }

    private void OnTakeNewIdentity()
    {
        OnSessionLost();
        _transfer.Tell(TransferActor.EndOffers.Instance);
        Do(() => _replica.TakeNewIdentity(IdentityKeeper.Draw(_home.Entropy)));
        Store();
    }

    private bool IsCurrent(ISessionMessage message) => _replica.Remote.Session?.Key.Admits(message, Context) == true;

    /// <summary>Gives the message the session's secret. Without a session it stays as it is, and the server drops it.</summary>
    private T Seal<T>(T message)
        where T : ISessionMessage => _replica.Remote.Session is { } session ? session.Key.Seal(message) : message;

    private void OnInvalidate(Invalidate notice)
    {
        if (!IsCurrent(notice) || !EpochId.TryRead(notice.Epoch.Span, out var epoch))
            return;
        var paths = new List<(RelativePath, ulong)>();
        foreach (var item in notice.Paths)
        {
            if (EntryReader.TryReadPath(item.Path.Span, out var path, out _))
                paths.Add((path, item.Version));
        }
        Do(() => _replica.Remote.Invalidate(epoch, notice.Head, paths));
    }

    private void OnUpdates(Updates message)
    {
        if (!IsCurrent(message))
            return;
        if (!RequestReader.TryRead(message, out var page, out var reason))
        {
            _log.Warning("A page of updates cannot be read: {0}", reason);
            return;
        }
        Do(() => _replica.TakePage(page));
    }

    private void OnPushAccepted(PushAccepted accepted)
    {
        if (!IsCurrent(accepted))
            return;
        if (TryReadCommit(accepted, out var committed))
            Do(() => _replica.Outgoing.Accept(accepted.Counter, committed, accepted.Head));
        else
            _log.Warning("The outcome of push {0} cannot be read: it does not say which commit it became", accepted.Counter);
    }

    private void OnPushRejected(PushRejected rejected)
    {
        if (IsCurrent(rejected))
            Do(() => _replica.Outgoing.Refuse(ReadRefusal(rejected), rejected.Head));
    }

    private void OnContentMissing(ContentMissing missing)
    {
        if (IsCurrent(missing))
            Do(() => _replica.Outgoing.AwaitUpload(missing.Counter));
    }

    internal static bool TryReadCommit(PushAccepted accepted, out SharePosition committed)
    {
        committed = default;
        if (!EpochId.TryRead(accepted.Epoch.Span, out var epoch) || !ContentHash.TryRead(accepted.ChainHash.Span, out var chain))
            return false;
        committed = new SharePosition(epoch, accepted.Seq, chain);
        return true;
    }

    internal static RefusedPush ReadRefusal(PushRejected rejected)
    {
        var current = new List<TreeEntry>();
        foreach (var entry in rejected.Current)
        {
            if (EntryReader.TryRead(entry, out var received, out _))
                current.Add(received.Entry);
        }
        return new RefusedPush(rejected.Counter, rejected.Reason, current, rejected.Text);
    }
}
