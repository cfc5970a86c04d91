using Actors.Client.Commands;
using Actors.Lab.Plans;
using Actors.Lab.World;
using Actors.NodeShell;
using Actors.Server.Commands;

namespace Actors.Lab.Nodes;

/// <summary>The nodes' configuration as it is shipped, read once for many runs.</summary>
internal sealed record NodeSettings(ServerSettings Server, ClientSettings Client)
{
    public const string Address = "127.0.0.1:2346";

    // Longer than users pause with a file open, and short enough to end within a run.
    private static readonly TimeSpan DisplacedPatience = TimeSpan.FromSeconds(60);

    /// <summary>The same where no more messages from outside than that may wait before one actor; null: as many as come.</summary>
    public NodeSettings WithMailboxes(int? capacity)
    {
        if (capacity is null)
            return this;
        var small = ConfigurationFactory.ParseString(
            $$"""{{OutsideMailbox.Path}} { mailbox-type = "{{typeof(SmallMailbox).FullName}}, Lab", capacity = {{capacity}} }""");
        return new(Server with { Config = small.WithFallback(Server.Config) }, Client with { Config = small.WithFallback(Client.Config) });
    }

    /// <summary>The same with a plan's limits.</summary>
    public NodeSettings Under(PlannedLimits? limits) => limits is null ? this : this with
    {
        Server = Server with
        {
            Limits = Server.Limits with
            {
                PushBytesWaitingMax = limits.PushBytesWaitingMax,
                BatchCommandsMax = limits.BatchCommandsMax,
                BatchBytesMax = limits.BatchBytesMax,
            },
        },
    };

    public static NodeSettings Load()
    {
        var client = ClientSettings.Load("/home/replica", null, Address, null, null);
        return new(
            Simulated(ServerSettings.Load(null, Address, "off", "/srv/data")),
            Simulated(client) with { Observer = client.Observer with { DisplacedPatience = DisplacedPatience } });
    }

    private static ServerSettings Simulated(ServerSettings settings) => settings with { Config = SimulatedConfig.Over(settings.Config) };

    private static ClientSettings Simulated(ClientSettings settings) => settings with { Config = SimulatedConfig.Over(settings.Config) };
}
