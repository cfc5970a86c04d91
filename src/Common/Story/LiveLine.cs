using Spectre.Console.Rendering;

namespace Actors.Common;

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
