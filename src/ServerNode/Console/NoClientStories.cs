using Actors.Messages;

namespace Actors.Server;

/// <summary>For a server without a console.</summary>
internal sealed class NoClientStories : IClientStories
{
    public void Joined(uint client, string name)
    {
    }

    public void Told(uint client, StoryReport report)
    {
    }

    public void Left(uint client)
    {
    }
}
