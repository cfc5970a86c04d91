using Actors.Messages;

namespace Actors.Server;

/// <summary>
/// Where sessions hand on what their clients say, for the console. Callable from any thread; never waits. Everything
/// in it is a courtesy: bounded, and nothing is decided by it. A client is known by its number: several may bear one name.
/// </summary>
internal interface IClientStories
{
    void Joined(uint client, string name);

    void Told(uint client, StoryReport report);

    void Left(uint client);
}
