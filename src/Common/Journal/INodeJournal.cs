namespace Actors.Common;

/// <summary>
/// Where a node tells what happens: its story, for people, and its history, for checkers. Callable from any thread;
/// never waits for a disk or a terminal.
/// </summary>
public interface INodeJournal
{
    /// <summary>The name that this node has in its history from now on: a client learns it from its Welcome.</summary>
    void NameNode(string node);

    /// <summary>
    /// Narrates one line of the story (see <see cref="StoryLines"/>), without a timestamp. A line that repeats
    /// "No modifications made to the file" is narrated once until something else was.
    /// </summary>
    void Narrate(string line);

    /// <summary>Adds an event to the history; the journal stamps it.</summary>
    void Record(NodeEvent e);
}
