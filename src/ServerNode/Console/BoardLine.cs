namespace Actors.Server;

/// <summary>One line on the board.</summary>
/// <param name="Node">Who said it: the client's number; 0 for the server.</param>
/// <param name="Number">Counts the lines of one process, from 1.</param>
/// <param name="At">When, on the clock of the one who said it.</param>
/// <param name="Text">What.</param>
internal sealed record BoardLine(uint Node, long Number, DateTimeOffset At, string Text);
