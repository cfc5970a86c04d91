using System.Collections.Concurrent;
using Actors.NodeShell;

namespace Actors.Client.Tests.Connection;

/// <summary>Remembers what was told.</summary>
internal sealed class RememberingJournal : INodeJournal
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public void NameNode(string node)
    {
    }

    public void Narrate(string line) => Lines.Enqueue(line);

    public void Record(NodeEvent e)
    {
    }
}
