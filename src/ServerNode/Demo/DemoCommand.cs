using System.CommandLine;
using Actors.NodeShell;
using Actors.Server.Commands;

namespace Actors.Server.Demo;

/// <summary>`ServerNode demo`: the whole system on one machine, to be played with.</summary>
internal static class DemoCommand
{
    private const int ClientsMax = 32;

    public static NodeCommand Create()
    {
        var clients = new Option<int>("--clients") { Description = "How many client processes [3]", HelpName = "N", DefaultValueFactory = _ => 3 };
        clients.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var count) && count is < 1 or > ClientsMax)
                result.AddError($"--clients takes a number from 1 to {ClientsMax}.");
        });
        var directory = new Option<string>("--dir") { Description = "Where the demo's files are [./demo]", HelpName = "DIR", DefaultValueFactory = _ => "./demo" };
        var listen = new Option<string?>("--listen") { Description = "Where clients reach the server [127.0.0.1:2346]", HelpName = "HOST:PORT" };
        var console = new Option<string?>("--console") { Description = "Where the page with the stories is, or off [127.0.0.1:2347]", HelpName = "HOST:PORT|off" };
        var command = new NodeCommand(
            "demo", "Runs a server, its console, and some client processes, each with a replica of one notes.txt.",
            "ServerNode demo", "ServerNode demo --clients 5 --dir /tmp/demo")
        {
            clients, directory, listen, console,
        };
        command.SetAction((parsed, _) => RunAsync(
            parsed.GetValue(directory)!, parsed.GetValue(clients), parsed.GetValue(listen), parsed.GetValue(console)));
        return command;
    }

    private static async Task<int> RunAsync(string directory, int clients, string? listen, string? console)
    {
        var demo = DemoDirectory.Prepare(directory, clients);
        var settings = ServerSettings.Load(null, listen, console, demo.ServerData);
        using var journals = JournalSet.Open(StoryBoard.ServerName, "Demo", eventsPath: null, StoryBoard.ServerName);
        await using var server = await ServerHost.StartAsync(settings, journals);
        using var signals = new StopSignals();
        await using var host = DemoHost.Start(demo, server, journals);
        return await NodeProcess.RunAsync(signals, host);
    }
}
