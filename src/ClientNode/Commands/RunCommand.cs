using System.CommandLine;
using Actors.NodeShell;

namespace Actors.Client.Commands;

/// <summary>`ClientNode run DIR`: a replica that is kept up to date until it is stopped.</summary>
internal static class RunCommand
{
    public static NodeCommand Create()
    {
        var directory = new Argument<string>("DIR") { Description = "The directory to keep the same as the share" };
        var server = new Option<string?>("--server") { Description = "Where the server listens [127.0.0.1:2346]", HelpName = "HOST:PORT" };
        var name = new Option<string?>("--name") { Description = "What this node is called [Client 1, Client 2, ...]", HelpName = "NAME" };
        var share = new Option<string?>("--share") { Description = "The share to join [default]", HelpName = "NAME" };
        var config = NodeOptions.Config("client.conf");
        var events = NodeOptions.Events();
        var command = new NodeCommand(
            "run", "Keeps a directory the same as a share, until Ctrl-C or SIGTERM.",
            "ClientNode ./notes", "ClientNode run ./notes --server 127.0.0.1:4000 --name desk", "ClientNode run ./notes --config client.conf --events events.jsonl")
        {
            directory, server, name, share, config, events,
        };
        command.SetAction((parsed, _) => RunAsync(
            ClientSettings.Load(
                parsed.GetValue(directory)!, parsed.GetValue(config), parsed.GetValue(server), parsed.GetValue(name), parsed.GetValue(share)),
            parsed.GetValue(events)));
        return command;
    }

    private static async Task<int> RunAsync(ClientSettings settings, string? events)
    {
        var name = settings.Connection.WishedName.Length > 0 ? settings.Connection.WishedName : "Client";
        using var journals = JournalSet.Open(name, $"{name} - {settings.Directory}", events);
        using var signals = new StopSignals();
        await using var host = await ClientHost.StartAsync(settings, journals);
        return await NodeProcess.RunAsync(signals, host);
    }
}
