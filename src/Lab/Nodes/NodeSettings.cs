using Actors.Client.Hosting;
using Actors.Server.Hosting;

namespace Actors.Lab.Nodes;

/// <summary>The nodes' configuration as it is shipped, read once for many runs.</summary>
internal sealed record NodeSettings(ServerSettings Server, ClientSettings Client)
{
    public const string Address = "127.0.0.1:2346";

    public static NodeSettings Load() => new(
        ServerSettings.Load(null, Address, "off", "/srv/data"),
        ClientSettings.Load("/home/replica", null, Address, null, null));
}
