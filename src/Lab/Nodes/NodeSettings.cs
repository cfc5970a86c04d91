using Actors.Client.Hosting;
using Actors.Server.Hosting;

namespace Actors.Lab.Nodes;

/// <summary>The nodes' configuration as it is shipped, read once for many runs.</summary>
internal sealed record NodeSettings(ServerSettings Server, ClientSettings Client)
{
    public const string Address = "127.0.0.1:2346";

    // Longer than users leave a file alone that they have open; a run has an end.
    private static readonly TimeSpan DisplacedPatience = TimeSpan.FromSeconds(60);

    public static NodeSettings Load()
    {
        var client = ClientSettings.Load("/home/replica", null, Address, null, null);
        return new(
            ServerSettings.Load(null, Address, "off", "/srv/data"),
            client with { Observer = client.Observer with { DisplacedPatience = DisplacedPatience } });
    }
}
