using Spectre.Console;
using Spectre.Console.Rendering;

namespace Actors.NodeShell;

/// <summary>
/// The story in a terminal: coloured lines that scroll, and below a rule one line that lives: who this node is, what it
/// said last, and how long ago.
/// </summary>
public sealed class LiveStory : IStorySink, IDisposable
{
    private const int LinesWaitingMax = 4_096;

    // The dot in front of the title, and the bar behind it.
    private const int MarksCells = 5;
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromMilliseconds(500);
    // A terminal that hangs must not keep the process alive.
    private static readonly TimeSpan ClearTimeout = TimeSpan.FromSeconds(2);

    private readonly TimeProvider _clock;
    private readonly IAnsiConsole _console;
    private readonly string _title;
    private readonly BoundedQueueThread<StoryLine> _lines;
    private readonly Thread _display;
    private readonly ManualResetEventSlim _ended = new();
    private LiveDisplayContext? _live;
    private StoryLine _last;
    private long _changes;

    public LiveStory(IAnsiConsole console, TimeProvider clock, string title)
    {
        _console = console;
        _clock = clock;
        _title = title;
        _last = new StoryLine(0, clock.GetUtcNow(), "Starting");
        using var started = new ManualResetEventSlim();
        // Spectre's live display runs for the length of a call: that call has a thread of its own.
        _display = new Thread(() => Display(started)) { Name = "live display", IsBackground = true };
        _display.Start();
        started.Wait();
        _lines = new BoundedQueueThread<StoryLine>("story", LinesWaitingMax, Print, RefreshEvery, Refresh);
    }

    public void Narrate(in StoryLine line) => _lines.Add(line);

    public void Dispose()
    {
        _lines.Dispose();
        _ended.Set();
        _display.Join(ClearTimeout);
    }

    private void Display(ManualResetEventSlim started) =>
        _console.Live(Footer()).AutoClear(true).Start(live =>
        {
            _live = live;
            started.Set();
            _ended.Wait();
        });

    private void Print(StoryLine line)
    {
        _last = line;
        if (Colour(line.Text) is "green" or "yellow")
            _changes++;
        var dropped = _lines.TakeDropped();
        _console.Write(new ScrolledLine(new Markup($"[grey]{line.At.ToLocalTime():HH:mm:ss.fff}[/] [{Colour(line.Text)}]{Markup.Escape(line.Text)}[/]")));
        if (dropped > 0)
            _console.Write(new ScrolledLine(new Markup($"[grey]             {Counted.Of(dropped, "line")} left out: the terminal was too slow[/]")));
        if (_lines.IsEmpty)
            Refresh();
    }

    private void Refresh() => _live!.UpdateTarget(Footer());

    /// <summary>
    /// A rule and one line. Two rows, as the library goes back to the first of one row by "up 0", which terminals read as
    /// "up 1".
    /// </summary>
    private Rows Footer()
    {
        var ago = _clock.GetUtcNow() - _last.At;
        var since = ago < TimeSpan.FromSeconds(1) ? "now"
            : ago < TimeSpan.FromMinutes(1) ? $"{ago.TotalSeconds:0} s ago"
            : ago < TimeSpan.FromHours(1) ? $"{ago.TotalMinutes:0} min ago"
            : $"{ago.TotalHours:0} h ago";
        var line = LiveLine.Fit(_title, _last.Text, $" │ {since}", $" │ {Counted.Of(_changes, "change")} │ Ctrl-C ends", _console.Profile.Width - 1 - MarksCells);
        return new Rows(
            new Rule { Style = "grey" },
            new Markup($"[bold cyan]●[/] [bold]{Markup.Escape(line.Title)}[/] [grey]│[/] {Markup.Escape(line.Text)}[grey]{Markup.Escape(line.Tail)}[/]"));
    }

    private static string Colour(string text) =>
        text.Contains(StoryLines.Modifications, StringComparison.Ordinal) || text.StartsWith("Sharing ", StringComparison.Ordinal) || text.Contains(StoryLines.UpdateReceived, StringComparison.Ordinal) ? "yellow"
        : text.Contains(StoryLines.UpdatingLocalCopy, StringComparison.Ordinal) ? "green"
        : text.Contains(StoryLines.InvalidationRequest, StringComparison.Ordinal) || text.Contains(StoryLines.InstructingClients, StringComparison.Ordinal) ? "magenta"
        : text.Contains("onnected with", StringComparison.Ordinal) || text.EndsWith("welcomes you!", StringComparison.Ordinal) ? "cyan"
        : "default";
}

/// <summary>
/// What stands in the line that lives: who this node is, what it said last, how long ago. Where not all of it has room,
/// what was said has at least half of it.
/// </summary>
internal readonly record struct LiveLine(string Title, string Text, string Tail)
{
    private const string Ellipsis = "…";
    private const int TitleShareMax = 3;

    /// <param name="title">Who this node is.</param>
    /// <param name="text">What it said last.</param>
    /// <param name="since">How long ago.</param>
    /// <param name="more">What is left out first.</param>
    /// <param name="room">How many cells there are.</param>
    public static LiveLine Fit(string title, string text, string since, string more, int room)
    {
        title = Cut(title, Math.Max(room / TitleShareMax, room - Cells(text) - Cells(since) - Cells(more)));
        room -= Cells(title);
        var tail = Cells(text) + Cells(since) + Cells(more) <= room ? since + more : since;
        text = Cut(text, Math.Max(room / 2, room - Cells(tail)));
        return new LiveLine(title, text, Cut(tail, room - Cells(text)));
    }

    /// <summary>Both ends of a text tell more than its middle: a path's name stands last. A row must not wrap.</summary>
    private static string Cut(string text, int room)
    {
        if (Cells(text) <= room)
            return text;
        if (room < 1)
            return "";
        // Some characters take two cells.
        for (var kept = room - 1; kept > 0; kept--)
        {
            var (head, end) = (text[..((kept + 1) / 2)], text[^(kept / 2)..]);
            var cut = (char.IsHighSurrogate(head[^1]) ? head[..^1] : head) + Ellipsis + (end.Length > 0 && char.IsLowSurrogate(end[0]) ? end[1..] : end);
            if (Cells(cut) <= room)
                return cut;
        }
        return Ellipsis;
    }

    private static int Cells(string text) => new Segment(text).CellCount();
}

/// <summary>
/// A line that scrolls up above the live one. It is written where the rule and the live line stand, and may take more
/// rows than one: so all that is there is erased first.
/// </summary>
internal sealed class ScrolledLine(Markup text) : Renderable
{
    private const string EraseToEnd = "\r\u001b[J";

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        [Segment.Control(EraseToEnd), .. ((IRenderable)text).Render(options, maxWidth), Segment.LineBreak];
}
