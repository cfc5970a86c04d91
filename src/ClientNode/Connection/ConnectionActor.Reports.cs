using Actors.Client.Cache;
using Actors.Messages;

namespace Actors.Client.Connection;

/// <summary>What people want to know: status on one side, the story for the server's console on the other.</summary>
public sealed partial class ConnectionActor
{
    private const string StoryTimer = "story";
    private const int StoryTextMax = 1_000;
    private const int ReportLinesMax = 64;

    // Three bytes each at most: a report fits a frame, whatever the story is written in.
    private const int ReportTextMax = 30_000;
    private static readonly TimeSpan ReportAfter = TimeSpan.FromMilliseconds(50);

    private StoryRelay? _story;

    // At the limit one more is not answered.
    private const int SyncsMax = 64;
    private readonly List<(IActorRef Asker, CacheActor.Sync Sync, TimeSpan Until)> _syncs = [];

    private void ReceiveReports()
    {
        Receive<StoryWaits>(waits => OnStoryWaits(waits.Story));
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

    private void OnStoryWaits(StoryRelay story)
    {
        _story = story;
        if (!Timers.IsTimerActive(StoryTimer))
            Timers.StartSingleTimer(StoryTimer, ReportNow.Instance, ReportAfter);
    }

    private void ReportStory()
    {
        if (_link != Link.Joined || _story is null)
            return;
        var (report, size) = (_joined!.Key.Seal(new StoryReport()), 0);
        foreach (var line in _story.Take())
        {
            var text = line.Text.Length <= StoryTextMax ? line.Text : line.Text[..StoryTextMax];
            if (report.Lines.Count == ReportLinesMax || size + text.Length > ReportTextMax)
            {
                _session.Tell(report);
                (report, size) = (_joined.Key.Seal(new StoryReport()), 0);
            }
            size += text.Length;
            report.Lines.Add(new StoryReportLine
            {
                Number = (ulong)line.Number,
                AtUs = (line.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
                Text = text,
            });
        }
        if (report.Lines.Count > 0)
            _session.Tell(report);
    }

    /// <summary>There are lines of this node's story to be taken and sent.</summary>
    public sealed record StoryWaits(StoryRelay Story);

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
