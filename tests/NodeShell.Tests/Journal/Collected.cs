using System.Text;
using Actors.NodeShell;

namespace NodeShell.Tests.Journal;

/// <summary>Sinks that keep what they take.</summary>
public sealed class Collected : IStorySink, IEventSink
{
    public List<StoryLine> Lines { get; } = [];

    public List<string> Events { get; } = [];

    public void Narrate(in StoryLine line) => Lines.Add(line);

    public void Write(ReadOnlySpan<byte> json) => Events.Add(Encoding.UTF8.GetString(json));
}
