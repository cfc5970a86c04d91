using Actors.Common;

namespace Actors.Lab.Nodes;

/// <summary>Sees what nodes do and say.</summary>
internal interface ISiteObserver
{
    void Told(Site site, string line);

    void Recorded(Site site, NodeEvent e);

    void Logged(Site site, LogEvent logEvent);

    /// <summary>A node's process begins; its storage is not open yet.</summary>
    void Starting(Site site);

    /// <summary>A node's process has ended: by a fault, or because the node could not go on.</summary>
    /// <param name="site">Whose.</param>
    /// <param name="cause">What the node said; null: it was made to end.</param>
    void Ended(Site site, Exception? cause);
}
