namespace Actors.Bench.Local;

/// <summary>The message that is passed to and fro; always the same one, so that only the passing costs.</summary>
internal sealed class Ball
{
    public static readonly Ball Instance = new();
}
