using Spectre.Console;

namespace Actors.Common;

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
