using System.Collections.Concurrent;
using Actors.NodeShell;

namespace Actors.Server.Tests.Conversation;

/// <summary>Remembers what was told.</summary>
internal sealed class QuietJournal : INodeJournal
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ConcurrentQueue<NodeEvent> Events { get; } = new();

    public void NameNode(string node)
    {
    }

    public void Narrate(string line) => Lines.Enqueue(line);

    public void Record(NodeEvent e) => Events.Enqueue(e);
}
