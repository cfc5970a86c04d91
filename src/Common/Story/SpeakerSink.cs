namespace Actors.Common;

/// <summary>Puts in front of each line who said it, where several nodes share a display.</summary>
internal sealed class SpeakerSink(string speaker, IStorySink display) : IStorySink
{
    public void Tell(in StoryLine line) => display.Tell(line with { Text = $"[{speaker}] {line.Text}" });
}
