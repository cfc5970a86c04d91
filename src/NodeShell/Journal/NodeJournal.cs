using System.Buffers;
using System.Text;

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
public sealed class NodeJournal : INodeJournal
{
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<IStorySink> _story;
    private readonly IEventSink? _events;
    private readonly ArrayBufferWriter<byte> _json = new(512);

    // One lock for stamp and hand-over: lines stand in the order of their stamps.
    private readonly Lock _gate = new();
    private string _node;
    private long _told;
    private string? _lastTold;

    public NodeJournal(TimeProvider clock, string node, IReadOnlyList<IStorySink> story, IEventSink? events)
    {
        _clock = clock;
        _node = node;
        _story = story;
        _events = events;
    }

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
            var told = new StoryLine(++_told, _clock.GetUtcNow(), line);
            foreach (var sink in _story)
                sink.Narrate(told);
        }
    }

    public void Record(NodeEvent e)
    {
        if (_events is null)
            return;
        lock (_gate)
        {
            _json.ResetWrittenCount();
            EventLine.Write(_json, e, _node, _clock.GetUtcNow(), _clock.MonotonicNanoseconds());
            _events.Write(_json.WrittenSpan);
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
