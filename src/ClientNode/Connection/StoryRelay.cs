using Actors.Messages;
using Actors.NodeShell;

namespace Actors.Client.Connection;

/// <summary>
/// This node's story on its way to the server's console. Lines come from any thread and as many as they like; the actor
/// that sends them is called once, and again only after it has taken the lines, or after as many more lines as the queue
/// holds: the call may be lost with an actor that restarts. Over the limit: the oldest line is dropped; dropped lines are
/// counted, and reported as one line.
/// </summary>
public sealed class StoryRelay : IStorySink
{
    /// <summary>So many lines wait at most.</summary>
    public const int LinesMax = 256;

    private const int TextMax = 1_000;
    private const int ReportLinesMax = 64;

    // Three bytes each at most: a report fits a frame in any script.
    private const int ReportTextMax = 30_000;

    private readonly Lock _gate = new();
    private readonly Queue<StoryLine> _waiting = new();
    private IActorRef _sender = ActorRefs.Nobody;
    private StoryLine _lastLeftOut;
    private int _leftOut;
    private int _toldSinceCall = LinesMax;

    /// <summary>Who sends the lines from now on; what was not taken yet is for this one.</summary>
    public void SendBy(IActorRef sender)
    {
        lock (_gate)
        {
            _sender = sender;
            if (_waiting.Count > 0)
                Call();
        }
    }

    public void Narrate(in StoryLine line)
    {
        lock (_gate)
        {
            if (_waiting.Count == LinesMax)
            {
                _lastLeftOut = _waiting.Dequeue();
                _leftOut++;
            }
            _waiting.Enqueue(line);
            if (++_toldSinceCall > LinesMax)
                Call();
        }
    }

    /// <summary>What waits, oldest first, and in front of it what was left out, as one line with the number and the time of the last of it.</summary>
    public IReadOnlyList<StoryLine> Take()
    {
        lock (_gate)
        {
            var lines = new List<StoryLine>(_waiting.Count + 1);
            if (_leftOut > 0)
                lines.Add(_lastLeftOut with { Text = $"{_leftOut} more {(_leftOut == 1 ? "line was" : "lines were")} not sent to the console" });
            lines.AddRange(_waiting);
            _waiting.Clear();
            (_leftOut, _toldSinceCall) = (0, LinesMax);
            return lines;
        }
    }

    /// <summary>The same, as messages that fit a frame each.</summary>
    public IEnumerable<StoryReport> TakeReports()
    {
        var (report, size) = (new StoryReport(), 0);
        foreach (var line in Take())
        {
            var text = line.Text.Length <= TextMax ? line.Text : line.Text[..TextMax];
            if (report.Lines.Count == ReportLinesMax || size + text.Length > ReportTextMax)
            {
                yield return report;
                (report, size) = (new StoryReport(), 0);
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
            yield return report;
    }

    private void Call()
    {
        _toldSinceCall = 1;
        _sender.Tell(new ConnectionActor.StoryWaits(this), ActorRefs.NoSender);
    }
}
