using Actors.Hosting;
using Actors.Messages;

namespace Actors.Client.Story;

/// <summary>
/// Tells the server what this client's story is, for the console page. A courtesy: lines wait for a session, at most
/// 256 of them (the oldest goes), travel in bundles, and are not sent again.
/// </summary>
internal sealed class StoryReporterActor : ReceiveActor, IWithTimers
{
    private const int LinesWaitingMax = 256;
    private const int LinesInReportMax = 64;
    private const int CharactersMax = 1_000;

    // Lines of one edit come together: one message carries them, and the page still looks immediate.
    private static readonly TimeSpan BundleFor = TimeSpan.FromMilliseconds(20);

    private readonly Func<Action<StoryLine>, IDisposable> _subscribe;
    private readonly Queue<StoryReportLine> _waiting = new();
    private ReportStoryTo _to = ReportStoryTo.Nobody;
    private IDisposable? _subscription;

    /// <param name="subscribe">Calls back for each line that is told from now on, on any thread.</param>
    public StoryReporterActor(Func<Action<StoryLine>, IDisposable> subscribe)
    {
        _subscribe = subscribe;
        Receive<StoryLine>(OnLine);
        Receive<ReportStoryTo>(OnReportTo);
        Receive<SendReport>(_ => Send());
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        var self = Self;
        _subscription = _subscribe(line => self.Tell(line));
    }

    protected override void PostStop() => _subscription?.Dispose();

    private void OnReportTo(ReportStoryTo to)
    {
        _to = to;
        Send();
    }

    private void OnLine(StoryLine line)
    {
        if (_waiting.Count == LinesWaitingMax)
            _waiting.Dequeue();
        _waiting.Enqueue(new StoryReportLine
        {
            Number = (ulong)line.Number,
            AtUs = (line.At - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond,
            Text = line.Text.Length <= CharactersMax ? line.Text : line.Text[..CharactersMax],
        });
        if (_to.Session is not null && !Timers.IsTimerActive(SendReport.Instance))
            Timers.StartSingleTimer(SendReport.Instance, SendReport.Instance, BundleFor);
    }

    private void Send()
    {
        while (_to.Session is { } session && _waiting.Count > 0)
        {
            var report = new StoryReport { Session = _to.SessionNumber };
            while (report.Lines.Count < LinesInReportMax && _waiting.TryDequeue(out var line))
                report.Lines.Add(line);
            session.Tell(report, Self);
        }
    }

    private sealed class SendReport
    {
        public static readonly SendReport Instance = new();
    }
}
