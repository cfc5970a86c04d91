using Actors.Client.Watcher;
using Actors.Messages;
using Actors.NodeShell;

namespace Actors.Client.Cache;

/// <summary>What people ask by the command line.</summary>
public sealed partial class CacheActor
{
    private readonly List<SyncWait> _syncs = [];
    private ulong _requests;

    private void ReceiveControl()
    {
        Receive<AskStatus>(_ => Sender.Tell(new StatusAnswer(Report(), _guard.Reason, _replica.Remote.GivenName, _replica.Remote.Position, _home.Traits, _unnameable)));
        Receive<Sync>(sync => OnSync(sync.Patience));
        Receive<ConfirmStop>(_ => OnConfirm());
    }

    private ReplicaReport Report() => _replica.Report() with { Displaced = [.. _disk.OpenDisplaced.Select(file => file.Path).Distinct().Order()] };

    private void OnSync(TimeSpan patience)
    {
        var wait = new SyncWait(++_requests, Sender, _clock.MonotonicNanoseconds() + patience.ToNanoseconds());
        _syncs.Add(wait);
        LookAtHeld([.. _replica.Local.Held.Reasons.Keys]);
        ReadOpen(_replica.Local.AllOpen);
        _watcher.Tell(new WatcherActor.Settle(wait.Request));
        // Ends waits that nothing else would end.
        Timers.StartSingleTimer($"sync-{wait.Request}", Tick.Instance, patience);
    }

    private void OnDiskSettled(ulong request)
    {
        if (_syncs.Find(sync => sync.Request == request) is { } wait)
            wait.IsDiskTold = true;
        Pump();
    }

    private void OnHeadReply(HeadReply reply)
    {
        if (!IsCurrent(reply) || _syncs.Find(sync => sync.Request == reply.Request) is not { } wait)
            return;
        wait.IsHeadKnown = true;
        Do(() => _replica.HearOfHead(reply.Head));
    }

    private void AnswerSyncs()
    {
        if (_syncs.Count == 0)
            return;
        var now = _clock.MonotonicNanoseconds();
        foreach (var wait in _syncs.ToList())
        {
            if (wait.IsDiskTold && !wait.IsHeadKnown && _replica.Remote.Session is { } session && wait.AskedIn != session.Id)
            {
                wait.AskedIn = session.Id;
                _sessionActor.Tell(Seal(new HeadQuery { Request = wait.Request }));
            }
            // What is held may be held for good: there is nothing to wait for, and yet it is not here.
            var isDone = wait.IsDiskTold && wait.IsHeadKnown && !_replica.IsStopped && _replica.IsSettled;
            if (!isDone && now < wait.DeadlineNs)
                continue;
            _syncs.Remove(wait);
            Timers.Cancel($"sync-{wait.Request}");
            if (isDone)
                Store();
            var report = Report();
            wait.Asker.Tell(new SyncAnswer(isDone && report.HeldBack.Count == 0, report, _guard.Reason, _replica.Remote.Session is not null));
        }
    }

    private void OnConfirm()
    {
        var reason = _guard.Reason;
        _guard.Confirm();
        if (_replica.IsStopped)
            ResumeReplica();
        Sender.Tell(new ConfirmAnswer(reason, _guard.Reason));
    }

    private sealed class SyncWait(ulong request, IActorRef asker, long deadlineNs)
    {
        public ulong Request { get; } = request;
        public IActorRef Asker { get; } = asker;
        public long DeadlineNs { get; } = deadlineNs;
        public ulong AskedIn { get; set; }
        public bool IsDiskTold { get; set; }
        public bool IsHeadKnown { get; set; }
    }
}
