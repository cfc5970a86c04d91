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
        var listen = ServerRunCommand.Listen();
        var console = ServerRunCommand.Console();
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

/// <summary>
/// The demo's directory: server-data, and a replica for each client. A new one starts with one identical notes.txt in
/// each replica; in an existing one nothing is touched, and a replica that it did not have starts empty.
/// </summary>
internal sealed class DemoDirectory
{
    public const string NotesName = "notes.txt";

    private const string Notes =
        """
        These are the notes of this demo.
        Edit them in one replica, and watch the others follow.

        """;

    private DemoDirectory(string root, IReadOnlyList<string> replicas)
    {
        Root = root;
        Replicas = replicas;
    }

    public string Root { get; }

    public string ServerData => Path.Combine(Root, "server-data");

    /// <summary>The first client's replica first.</summary>
    public IReadOnlyList<string> Replicas { get; }

    /// <exception cref="FailureException">The directory holds something else, or cannot be written.</exception>
    public static DemoDirectory Prepare(string root, int clients)
    {
        var demo = new DemoDirectory(root, [.. Enumerable.Range(1, clients).Select(number => Path.Combine(root, $"client-{number}"))]);
        try
        {
            var isNew = !Directory.Exists(demo.ServerData);
            if (isNew && Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Except(demo.Replicas).Any())
                throw new FailureException("the directory holds something else than an earlier demo", $"--dir {root}", "name a directory that is empty or does not exist yet");
            foreach (var replica in demo.Replicas)
            {
                Directory.CreateDirectory(replica);
                var notes = Path.Combine(replica, NotesName);
                if (isNew && !File.Exists(notes))
                    File.WriteAllText(notes, Notes);
            }
            // Last: only a demo whose replicas are complete counts as an existing one.
            Directory.CreateDirectory(demo.ServerData);
            return demo;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FailureException($"the demo's directory cannot be made: {e.Message}", $"--dir {root}", "name a directory that may be written", e);
        }
    }
}
