using Actors.Client.Caching;
using Actors.Hosting;
using Actors.Messages;

namespace Actors.Client.Connecting;

/// <summary>What people want to know: status on one side, the story for the server's console on the other.</summary>
public sealed partial class ConnectionActor
{
    private const string StoryTimer = "story";
    private const int StoryLinesMax = 64;
    private static readonly TimeSpan ReportAfter = TimeSpan.FromMilliseconds(50);

    // At the limit the oldest line is left out; the numbers show the gap.
    private readonly Queue<StoryLine> _story = new();

    // At the limit one more is not answered.
    private const int SyncsMax = 64;
    private readonly List<(IActorRef Asker, CacheActor.Sync Sync, TimeSpan Until)> _syncs = [];

    private void ReceiveReports()
    {
        Receive<StoryTold>(told => OnStoryTold(told.Line));
        Receive<ReportNow>(_ => ReportStory());
        Receive<AskConnection>(_ => Sender.Tell(new ConnectionAnswer(_link == Link.Joined, _joinedLast?.Number, _joinedLast?.Name, _stoppedBecause ?? Root(_failure)?.Message, _sessions.Trouble)));
        Receive<CacheActor.AskStatus>(ForwardToCache);
        Receive<CacheActor.Sync>(OnSync);
        Receive<CacheActor.ConfirmStop>(OnConfirm);
    }

    private void ForwardToCache(object question) => _cache.Forward(question);

    /// <summary>Whoever asks for it while the disk is mended is answered when the replica is up again, within the asker's patience.</summary>
    private void OnSync(CacheActor.Sync sync)
    {
        if (_link != Link.Down)
            _cache.Forward(sync);
        else if (_syncs.Count < SyncsMax)
            _syncs.Add((Sender, sync, Context.System.Scheduler.MonotonicClock + sync.Patience));
    }

    private void ForwardSyncs()
    {
        var now = Context.System.Scheduler.MonotonicClock;
        foreach (var (asker, sync, until) in _syncs)
        {
            if (until > now)
                _cache.Tell(sync with { Patience = until - now }, asker);
        }
        _syncs.Clear();
    }

    private void OnStoryTold(StoryLine line)
    {
        if (_story.Count == StoryLinesMax)
            _story.Dequeue();
        _story.Enqueue(line);
        if (!Timers.IsTimerActive(StoryTimer))
            Timers.StartSingleTimer(StoryTimer, ReportNow.Instance, ReportAfter);
    }

    private void ReportStory()
    {
        if (_link != Link.Joined || _story.Count == 0)
            return;
        var report = new StoryReport { Session = _joined!.Id };
        foreach (var line in _story)
        {
            report.Lines.Add(new StoryReportLine
            {
                Number = (ulong)line.Number,
                AtUs = (line.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
                Text = line.Text.Length <= StoryTextMax ? line.Text : line.Text[..StoryTextMax],
            });
        }
        _story.Clear();
        _session.Tell(report);
    }

    private const int StoryTextMax = 1_000;

    /// <summary>A line of this node's story.</summary>
    public sealed record StoryTold(StoryLine Line);

    /// <summary>Answered by <see cref="ConnectionAnswer"/>.</summary>
    public sealed record AskConnection
    {
        public static AskConnection Instance { get; } = new();
    }

    public sealed record ConnectionAnswer(bool IsConnected, uint? Number, string? Name, string? Failure, string? Trouble = null);

    private sealed record ReportNow
    {
        public static ReportNow Instance { get; } = new();
    }
}
