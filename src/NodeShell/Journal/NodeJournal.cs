using System.Buffers;
using System.Text;
using Spectre.Console;

namespace Actors.NodeShell;

/// <summary>
/// Where a node tells what happens: its story, for people, and its history, for checkers. Callable from any thread;
/// never waits for a disk or a terminal.
/// </summary>
public interface INodeJournal
{
    /// <summary>The name that this node has in its history from now on: a client learns it from its Welcome.</summary>
    void NameNode(string node);

    /// <summary>
    /// Narrates one line of the story (see <see cref="StoryLines"/>), without a timestamp. A line that repeats
    /// "No modifications made to the file" is narrated once until something else was.
    /// </summary>
    void Narrate(string line);

    /// <summary>Adds an event to the history; the journal stamps it.</summary>
    void Record(NodeEvent e);
}

/// <summary>Stamps what a node tells and hands it to the sinks; it does no I/O itself.</summary>
public sealed class NodeJournal(TimeProvider clock, string node, IReadOnlyList<IStorySink> story, IEventSink? events) : INodeJournal
{
    private readonly ArrayBufferWriter<byte> _json = new(512);

    // One lock for stamp and hand-over: lines stand in the order of their stamps.
    private readonly Lock _gate = new();
    private string _node = node;
    private long _told;
    private string? _lastTold;

    public void NameNode(string node)
    {
        lock (_gate)
            _node = node;
    }

    public void Narrate(string line)
    {
        line = OnOneLine(line);
        lock (_gate)
        {
            if (line == _lastTold && line.StartsWith(StoryLines.NoModifications, StringComparison.Ordinal))
                return;
            _lastTold = line;
            var told = new StoryLine(++_told, clock.GetUtcNow(), line);
            foreach (var sink in story)
                sink.Narrate(told);
        }
    }

    public void Record(NodeEvent e)
    {
        if (events is null)
            return;
        lock (_gate)
        {
            _json.ResetWrittenCount();
            EventLine.Write(_json, e, _node, clock.GetUtcNow(), clock.MonotonicNanoseconds());
            events.Write(_json.WrittenSpan);
        }
    }

    // A file name may hold anything, terminal escapes, line breaks and reversals of the direction of writing too: none of it
    // reaches a terminal.
    internal static string OnOneLine(string line)
    {
        var bad = line.AsSpan().IndexOfAny(ControlCharacters);
        if (bad < 0)
            return line;
        var clean = new StringBuilder(line.Length + 16).Append(line, 0, bad);
        foreach (var c in line.AsSpan(bad))
        {
            if (ControlCharacters.Contains(c))
                clean.Append($"\\x{(int)c:X2}");
            else
                clean.Append(c);
        }
        return clean.ToString();
    }

    private static readonly SearchValues<char> ControlCharacters = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Concat(Enumerable.Range(127, 33)).Select(c => (char)c),
            '\u061c', '\u200e', '\u200f', .. Enumerable.Range(0x2028, 7).Concat(Enumerable.Range(0x2066, 4)).Select(c => (char)c)]);
}

/// <summary>A process's journal with all that hangs on it; disposing it writes out what was told.</summary>
public sealed class JournalSet : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly IStorySink _display;
    private readonly EventFile? _events;
    private readonly TextWriter? _replacedOutput;

    private JournalSet(TimeProvider clock, NodeJournal journal, StoryFeed feed, IStorySink display, EventFile? events)
    {
        _clock = clock;
        Journal = journal;
        Feed = feed;
        _display = display;
        _events = events;
        // Anything else that this process prints, its log above all, would stand where the live line is redrawn.
        if (display is LiveStory)
        {
            _replacedOutput = Console.Out;
            Console.SetOut(new LineWriter(text => display.Narrate(Word(text))));
        }
    }

    public INodeJournal Journal { get; }

    /// <summary>The story's newest lines, for a console or for reports.</summary>
    public StoryFeed Feed { get; }

    /// <summary>
    /// The journal of a node that runs in this process: the story goes to standard output, live in a terminal and as
    /// plain lines elsewhere.
    /// </summary>
    /// <param name="node">The name in the history until the node has a better one.</param>
    /// <param name="title">What the live display is headed with.</param>
    /// <param name="eventsPath">The file of the history; null: none.</param>
    /// <param name="speaker">Where several nodes share the display: who this one is, in front of its lines.</param>
    /// <exception cref="UsageException">The file cannot be opened for writing.</exception>
    public static JournalSet Open(string node, string title, string? eventsPath, string? speaker = null)
    {
        var clock = BootTimeProvider.Instance;
        NodeJournal? journal = null;
        var events = eventsPath is null ? null : EventFile.Open(eventsPath, clock, text => journal?.Narrate(text));
        var feed = new StoryFeed();
        var display = OpenDisplay(clock, title);
        journal = new NodeJournal(clock, node, [speaker is null ? display : new SpeakerSink(speaker, display), feed], events);
        return new JournalSet(clock, journal, feed, display, events);
    }

    /// <summary>Shows a line that another node told, or a word to the people who watch; it is not part of this node's story.</summary>
    public void Overhear(string speaker, string text) => new SpeakerSink(speaker, _display).Narrate(Word(text));

    public void Dispose()
    {
        if (_replacedOutput is not null)
            Console.SetOut(_replacedOutput);
        (_display as IDisposable)?.Dispose();
        _events?.Dispose();
    }

    private StoryLine Word(string text) => new(0, _clock.GetUtcNow(), NodeJournal.OnOneLine(text));

    private static IStorySink OpenDisplay(TimeProvider clock, string title)
    {
        var isTerminal = !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi && AnsiConsole.Profile.Capabilities.Interactive;
        return isTerminal ? new LiveStory(AnsiConsole.Console, clock, title) : new PlainStory(Console.Out);
    }
}

/// <summary>Puts in front of each line who said it, where several nodes share a display.</summary>
internal sealed class SpeakerSink(string speaker, IStorySink display) : IStorySink
{
    public void Narrate(in StoryLine line) => display.Narrate(line with { Text = $"[{speaker}] {line.Text}" });
}

/// <summary>Takes what is written, and narrates each line when it is whole.</summary>
internal sealed class LineWriter(Action<string> narrate) : TextWriter
{
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        if (value != '\n')
        {
            _line.Append(value);
            return;
        }
        narrate(_line.ToString().TrimEnd('\r'));
        _line.Clear();
    }
}
