using System.CommandLine;
using Actors.NodeShell;

namespace Actors.Server.Commands;

/// <summary>`ServerNode run`: a server until it is stopped.</summary>
internal static class ServerRunCommand
{
    public static NodeCommand Create()
    {
        var config = NodeOptions.Config("server.conf");
        var listen = Listen();
        var console = Console();
        var data = new Option<string?>("--data") { Description = "The directory with all that the server remembers [./server-data]", HelpName = "DIR" };
        var events = NodeOptions.Events();
        var command = new NodeCommand(
            "run", "Runs the server until Ctrl-C or SIGTERM.",
            "ServerNode run", "ServerNode run --listen 127.0.0.1:4000 --console off --data ./data", "ServerNode run --config server.conf --events events.jsonl")
        {
            config, listen, console, data, events,
        };
        command.SetAction((parsed, _) => RunAsync(
            ServerSettings.Load(parsed.GetValue(config), parsed.GetValue(listen), parsed.GetValue(console), parsed.GetValue(data)), parsed.GetValue(events)));
        return command;
    }

    public static Option<string?> Listen() => new("--listen") { Description = "Where clients reach the server [127.0.0.1:2346]", HelpName = "HOST:PORT" };

    public static Option<string?> Console() => new("--console") { Description = "Where the page with the stories is, or off [127.0.0.1:2347]", HelpName = "HOST:PORT|off" };

    private static async Task<int> RunAsync(ServerSettings settings, string? events)
    {
        using var journals = JournalSet.Open(StoryBoard.ServerName, "Server", events);
        using var signals = new StopSignals();
        await using var host = await ServerHost.StartAsync(settings, journals);
        return await NodeProcess.RunAsync(signals, host);
    }
}
