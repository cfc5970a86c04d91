using Actors.Client.Hosting;
using Actors.Server.Hosting;
using Actors.Simulation;

namespace Actors.Lab.Nodes;

/// <summary>The nodes' configuration as it is shipped, read once for many runs.</summary>
internal sealed record NodeSettings(ServerSettings Server, ClientSettings Client)
{
    public const string Address = "127.0.0.1:2346";

    public static NodeSettings Load() => new(
        Simulated(ServerSettings.Load(null, Address, "off", "/srv/data")),
        Simulated(ClientSettings.Load("/home/replica", null, Address, null, null)));

    private static ServerSettings Simulated(ServerSettings settings) => settings with { Config = SimulatedConfig.Over(settings.Config) };

    private static ClientSettings Simulated(ClientSettings settings) => settings with { Config = SimulatedConfig.Over(settings.Config) };
}
