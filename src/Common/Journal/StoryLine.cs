namespace Actors.Common;

/// <summary>One told line of a story.</summary>
/// <param name="Number">Counts the lines of one process, from 1.</param>
/// <param name="At">When it was told.</param>
/// <param name="Text">The line without its timestamp; never holds a line break or another control character.</param>
public readonly record struct StoryLine(long Number, DateTimeOffset At, string Text)
{
    /// <summary>The line as it is printed: "2026-11-22T07:21:00.123Z Updating local copy: notes.txt".</summary>
    public override string ToString() => $"{At.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {Text}";
}
