using Actors.Messages;

namespace Actors.Server;

/// <summary>
/// Where sessions hand on what their clients say, for the console. Callable from any thread; never waits. Everything
/// in it is a courtesy: bounded, and nothing is decided by it.
/// </summary>
internal interface IClientStories
{
    void Joined(string name);

    void Told(string name, StoryReport report);

    void Left(string name);
}
