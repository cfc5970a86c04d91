using Actors.Messages;
using Actors.Messages.Changes;
using Actors.Messages.Content;
using Actors.Messages.History;
using Actors.Messages.Tree;
using Actors.Messages.Wire;
using Actors.NodeShell;
using Actors.Server.Ledger;
using Actors.Server.Sessions;
using Actors.Server.Storage;
using Google.Protobuf;

namespace Actors.Server.Registry;

internal sealed partial class RegistryState
{
    private void OnBatchDone(RegistryEvent.BatchDone done)
    {
        if (!IsUnderWay(done.Batch))
            return;
        if (_cannotWrite is not null && !_isStopping)
        {
            (_cannotWrite, _bytesThatFailed) = (null, 0);
            Narrate("The server can write again and goes on");
        }
        var changed = new Dictionary<int, ChangedPaths>();
        foreach (var (question, result) in done.Batch.Questions.Zip(done.Results))
        {
            if (question is RegistryEvent.PushCame push)
                OnPushResult(push, result, done.Heads, changed);
            else
                OnJoinResult((RegistryEvent.JoinAsked)question, result);
        }
        foreach (var head in done.Heads)
            MoveHead(head, changed.GetValueOrDefault(head.Share));
    }

    private void OnBatchFailed(RegistryEvent.BatchFailed failed)
    {
        if (!IsUnderWay(failed.Batch))
            return;
        foreach (var question in failed.Batch.Questions)
            GiveBack(question, failed.Reason);
        StopDeciding(failed.Reason, failed.Batch.RoomBytes);
    }

    /// <summary>Ends the batch that is answered. False: it was handed out before the registry started over.</summary>
    private bool IsUnderWay(RegistryEffect.RunBatch answered)
    {
        if (!ReferenceEquals(answered, BatchUnderWay))
            return false;
        BatchUnderWay = null;
        return true;
    }

    /// <summary>Nothing is decided any more until a probe succeeds. Nothing is lost: clients may ask again.</summary>
    private void StopDeciding(string reason, long bytes)
    {
        if (_isStopping)
            return;
        if (_cannotWrite is null)
            Narrate($"The server cannot write and takes no updates until this is fixed: {reason}");
        _cannotWrite = reason;
        _bytesThatFailed = Math.Max(_bytesThatFailed, bytes);
        foreach (var queued in _queue)
            GiveBack(queued, reason);
        _queue.Clear();
        _joinsWaiting = 0;
        _effects.Add(RegistryEffect.ScheduleProbe.Instance);
    }

    private void GiveBack(RegistryEvent.LedgerQuestion question, string reason)
    {
        var text = $"the server cannot write: {reason}";
        if (question is RegistryEvent.PushCame push)
        {
            Settle(push);
            Reject(push.Session, push.Counter, PushRejection.Unavailable, text);
        }
        else
        {
            RefuseJoin((RegistryEvent.JoinAsked)question, JoinRefusal.Busy, text);
        }
    }

    private void OnJoinResult(RegistryEvent.JoinAsked asked, LedgerResult result)
    {
        if (result is LedgerResult.NotJoined refused)
        {
            RefuseJoin(asked, refused.Reason, refused.Text);
            return;
        }
        var admitted = (LedgerResult.Joined)result;
        if (_isStopping)
        {
            RefuseJoin(asked, JoinRefusal.Busy, "the server is shutting down");
            return;
        }
        var node = admitted.Node;
        // Its answer was late, and it has asked again: that it is in was told.
        var isInAlready = false;
        if (_byNode.TryGetValue(node.Instance.Id, out var old))
        {
            var replaced = old.Node.Instance != node.Instance;
            isInAlready = !replaced;
            Close(old, replaced, replaced ? "a newer process of this replica has joined" : "this client has joined again");
        }
        if (admitted.NewEpoch)
        {
            foreach (var other in _byNumber.Values.Where(session => session.Share.Id == admitted.Share.Id).ToList())
                Close(other, false, "a new epoch has begun");
            Narrate($"A new epoch of share {admitted.Share.Name} begins, because {node.Name} has seen commits that are not here: a backup was restored, or the client comes from another server");
        }
        var session = new RegistrySession(new SessionTerms(admitted, asked.Join.Attempt, asked.Peers));
        _byNode[node.Instance.Id] = session;
        _byNumber[node.Session] = session;
        _effects.Add(new RegistryEffect.OpenSession(session.Terms));
        if (!isInAlready)
            Narrate(StoryLines.ConnectedWith(node.Name));
        Record(new NodeEvent(NodeEventType.Info, EventNames.Join)
        {
            Op = $"session-{node.Session}",
            Epoch = admitted.Head.Epoch.ToString(),
            Share = admitted.Share.Name,
            Seq = admitted.Head.Seq,
        });
    }

    private void OnPushResult(
        RegistryEvent.PushCame waiting, LedgerResult result, IReadOnlyList<ShareHead> heads, Dictionary<int, ChangedPaths> changed)
    {
        if (result is LedgerResult.ContentAwaited awaited)
        {
            AwaitContent(waiting, awaited.Missing);
            return;
        }
        Settle(waiting);
        var (session, counter) = (waiting.Session, waiting.Counter);
        var head = heads.First(each => each.Share == session.Share.Id);
        switch (result)
        {
            case LedgerResult.Committed committed:
                Accept(session, counter, committed.Head.Position, head);
                NoteCommit(session, waiting.Push, committed.Head, changed);
                break;
            case LedgerResult.Repeated { Outcome.IsAccepted: true } repeated:
                Accept(session, counter, new SharePosition(head.Epoch, repeated.Outcome.Seq, repeated.Chain), head);
                break;
            case LedgerResult.Repeated { Outcome: var outcome }:
                Reject(session, counter, outcome.Reason, outcome.Text);
                break;
            case LedgerResult.Rejected rejected:
                Reject(session, counter, rejected.Reason, rejected.Text, head.Seq, rejected.Current);
                break;
            default:
                throw new InvalidOperationException($"{result.GetType().Name} is no outcome of a push");
        }
    }

    private void AwaitContent(RegistryEvent.PushCame waiting, IReadOnlyList<ContentRef> missing)
    {
        var session = waiting.Session;
        if (!_byNumber.ContainsKey(session.Number))
        {
            Settle(waiting);
            return;
        }
        var message = new ContentMissing
        {
            Counter = waiting.Counter,
            BytesMissing = (ulong)missing.Sum(content => content.Size),
        };
        message.Roots.AddRange(missing.Take(Limits.MissingRootsNamedMax).Select(content => content.Root.ToBytes()));
        session.Pushes[waiting.Counter] = waiting with { Missing = message };
        Send(session.Peers.Watcher, session.Key.Seal(message));
        _effects.Add(new RegistryEffect.TellSession(session.Number, new FetchContents(waiting.Counter, missing)));
    }

    private void NoteCommit(RegistrySession session, PushRequest push, ShareHead head, Dictionary<int, ChangedPaths> changed)
    {
        var seq = head.Seq;
        if (!changed.TryGetValue(session.Share.Id, out var paths))
            changed.Add(session.Share.Id, paths = new ChangedPaths(seq));
        foreach (var change in push.Changes)
        {
            paths.Add(change.Path, seq, session.Node.Number);
            Record(new NodeEvent(NodeEventType.Info, EventNames.Commit)
            {
                Op = EventOps.Push(push.Id),
                Epoch = head.Epoch.ToString(),
                Share = session.Share.Name,
                Path = change.Path.ToString(),
                Version = seq,
                Seq = seq,
                Hash = change.To.IsFile ? change.To.Content.Hash.ToString() : null,
                Bytes = change.To.IsFile ? change.To.Content.Size : null,
            });
        }
        var first = push.Changes[0].Path.ToString();
        var what = push.Changes.Count == 1 ? first : $"{first} and {push.Changes.Count - 1} more";
        Narrate(StoryLines.With(StoryLines.UpdateReceived, $"{what} from {session.Node.Name} (version {seq})"));
    }

    private void MoveHead(ShareHead head, ChangedPaths? changed)
    {
        var known = _heads.GetValueOrDefault(head.Share);
        _heads[head.Share] = head;
        if (known is not null && head.Seq <= known.Seq)
            return;
        // What the batch does not explain was on disk although it looked as if it had failed.
        if (changed is not null && changed.FirstVersion != known?.Seq + 1)
            changed = null;
        var news = new HeadMoved(head.Share, head.Seq, changed);
        _effects.Add(new RegistryEffect.Announce(news));
        if (_byNumber.Values.Any(session => session.Share.Id == head.Share && news.Concerns(session.Node.Number)))
            Narrate(StoryLines.With(StoryLines.InstructingClients, $"version {head.Seq}"));
    }

    private void Close(RegistrySession session, bool replaced, string text)
    {
        Remove(session);
        _effects.Add(new RegistryEffect.TellSession(session.Number, new CloseSession(replaced, text)));
    }

    private void Settle(RegistryEvent.PushCame waiting)
    {
        waiting.Session.Pushes.Remove(waiting.Counter);
        _pushBytesWaiting -= waiting.Bytes;
    }

    private void Accept(RegistrySession session, ulong counter, SharePosition committed, ShareHead head) => Send(session.Peers.Watcher, session.Key.Seal(new PushAccepted
    {
        Counter = counter,
        Seq = committed.Cursor,
        Epoch = committed.Epoch.ToBytes(),
        Head = head.Seq,
        ChainHash = committed.ChainHash.ToBytes(),
    }));

    private void Reject(RegistrySession session, ulong counter, PushRejection reason, string text) =>
        Reject(session, counter, reason, text, _heads[session.Share.Id].Seq);

    private void Reject(
        RegistrySession session, ulong counter, PushRejection reason, string text, ulong head, IReadOnlyList<TreeEntry>? current = null)
    {
        var message = session.Key.Seal(new PushRejected { Counter = counter, Reason = reason, Text = text, Head = head });
        var room = Limits.MessageBytesMax - 1_000;
        foreach (var entry in (current ?? []).Take(Limits.EntriesPerPageMax))
        {
            room -= WireSize.Of(entry, 0);
            if (room < 0)
                break;
            message.Current.Add(entry.ToMessage());
        }
        Send(session.Peers.Watcher, message);
    }

    private void RefuseJoin(RegistryEvent.JoinAsked asked, JoinRefusal reason, string text) =>
        Send(asked.Peers.Connection, new JoinRefused { Attempt = asked.Join.Attempt, Reason = reason, Text = text });

    private void Send(IActorRef to, IMessage message) => _effects.Add(new RegistryEffect.Send(to, message));

    private void Narrate(string line) => _effects.Add(new RegistryEffect.NarrateLine(line));

    private void Record(NodeEvent e) => _effects.Add(new RegistryEffect.RecordEvent(e));
}
