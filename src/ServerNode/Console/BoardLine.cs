namespace Actors.Server;

/// <summary>One line on the board.</summary>
/// <param name="Node">Who said it.</param>
/// <param name="Number">Counts the lines of one process, from 1.</param>
/// <param name="At">When, on the clock of the one who said it.</param>
/// <param name="Text">What.</param>
internal sealed record BoardLine(string Node, long Number, DateTimeOffset At, string Text);
