using Actors.Common;

namespace Actors.Lab.Nodes;

/// <summary>A node's journal: its story goes where a real node's goes to as well, its history to whoever observes the run.</summary>
internal sealed class SiteJournal(Site site, StoryFeed feed) : INodeJournal
{
    private long _told;
    private string? _last;

    public void NameNode(string node)
    {
    }

    public void Narrate(string line)
    {
        if (line == _last && line.StartsWith(StoryLines.NoModifications, StringComparison.Ordinal))
            return;
        _last = line;
        site.Observer.Told(site, line);
        feed.Narrate(new StoryLine(++_told, site.Machine.Clock.Now, line));
    }

    public void Record(NodeEvent e) => site.Observer.Recorded(site, e);
}
