namespace Actors.Common;

/// <summary>Puts in front of each line who said it, where several nodes share a display.</summary>
internal sealed class SpeakerSink(string speaker, IStorySink display) : IStorySink
{
    public void Narrate(in StoryLine line) => display.Narrate(line with { Text = $"[{speaker}] {line.Text}" });
}
