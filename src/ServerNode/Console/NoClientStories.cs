using Actors.Messages;

namespace Actors.Server;

/// <summary>For a server without a console.</summary>
internal sealed class NoClientStories : IClientStories
{
    public void Joined(string name)
    {
    }

    public void Told(string name, StoryReport report)
    {
    }

    public void Left(string name)
    {
    }
}
