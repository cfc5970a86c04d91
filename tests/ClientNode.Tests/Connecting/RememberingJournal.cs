using System.Collections.Concurrent;
using Actors.Hosting;

namespace Actors.Client.Tests.Connecting;

/// <summary>Remembers what was told.</summary>
internal sealed class RememberingJournal : INodeJournal
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public void NameNode(string node)
    {
    }

    public void Story(string line) => Lines.Enqueue(line);

    public void Record(NodeEvent e)
    {
    }
}
