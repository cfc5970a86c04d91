namespace Actors.Configuration;

/// <summary>A text being parsed and the name under which errors report it; null for text that came from no file.</summary>
internal sealed class HoconSource(string text, string? name)
{
    private int[]? _lineStarts;

    public string Text { get; } = text;

    public string? Name { get; } = name;

    /// <summary>Line and column of an offset, both counted from 1. Line starts are indexed on first use: most texts have no error.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        var starts = _lineStarts ??= FindLineStarts(Text);
        int index = Array.BinarySearch(starts, offset);
        int line = index >= 0 ? index : ~index - 1;
        return (line + 1, offset - starts[line] + 1);
    }

    private static int[] FindLineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (int i = 0; i < text.Length; i++)
            if (text[i] == '\n')
                starts.Add(i + 1);
        return [.. starts];
    }
}
