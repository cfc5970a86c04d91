using System.Text.RegularExpressions;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Demo;

public sealed partial class DemoTests : Playground
{
    [Fact(Timeout = 300_000)]
    public async Task An_edit_of_one_replica_reaches_all_others_and_everybody_tells_the_story()
    {
        var demo = await StartDemoAsync();
        Assert.Equal(["notes.txt"], Files("demo/client-1").Keys);
        Assert.Equal(Files("demo/client-1"), Files("demo/client-2"));

        await File.AppendAllTextAsync(PathOf("demo", "client-1", "notes.txt"), "Hello from client 1\n");
        await demo.LineAsync("[client-1] Modifications made to the file");
        await demo.LineAsync("[Server] Update received and Invalidation requests being sent to clients");
        foreach (var other in (string[])["client-2", "client-3"])
        {
            await demo.LineAsync($"[{other}] Invalidation request from server");
            await demo.LineAsync($"[{other}] Pulling updates from server");
            await demo.LineAsync($"[{other}] Updating local copy");
        }
        foreach (var replica in (string[])["client-1", "client-2", "client-3"])
            await SyncAsync("demo/" + replica);

        Assert.EndsWith("Hello from client 1\n", Files("demo/client-3")["notes.txt"]);
        Assert.Equal(Files("demo/client-1"), Files("demo/client-2"));
        Assert.Equal(Files("demo/client-1"), Files("demo/client-3"));
        Assert.Equal(0, await demo.TerminateAsync());
    }

    [Fact(Timeout = 300_000)]
    public async Task Everything_runs_only_when_all_replicas_agree_and_until_then_the_demo_is_starting()
    {
        const int Clients = 4;
        for (var client = 1; client <= Clients; client++)
        {
            Directory.CreateDirectory(PathOf("demo", $"client-{client}"));
            for (var number = 0; number < 50 * client; number++)
                await File.WriteAllTextAsync(PathOf("demo", $"client-{client}", $"own-{client}-{number}.txt"), $"{number}");
        }
        var demo = Start(Executables.Server, "demo", "--dir", PathOf("demo"), "--clients", $"{Clients}", "--listen", "127.0.0.1:0", "--console", "off");
        await demo.LineAsync($"[Demo] Starting {Clients} clients");
        await demo.LineAsync("[Demo] Everything runs");

        for (var client = 1; client <= Clients; client++)
            Assert.Equal(501, Files($"demo/client-{client}").Count);
        Assert.DoesNotContain(demo.Lines(), line => line.Contains("Conflict"));
    }

    [Fact(Timeout = 300_000)]
    public async Task The_console_shows_the_servers_and_every_clients_story()
    {
        var demo = await StartDemoAsync();
        var page = new Uri(ConsoleAddress().Match(await demo.LineAsync("The console is at ")).Value);
        using var http = new HttpClient { Timeout = RunningNode.LineTimeout };
        Assert.Contains("<title>Actors</title>", await http.GetStringAsync(page));

        using var events = new StreamReader(await http.GetStreamAsync(new Uri(page, "events")));
        var missing = new HashSet<string> { "Server", "Client 1", "Client 2", "Client 3" };
        while (missing.Count > 0 && await events.ReadLineAsync() is { } line)
            missing.RemoveWhere(name => line.Contains(name == "Server" ? "Connected with Client 3" : $"Connected with server as {name}"));

        Assert.Empty(missing);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_demo_goes_on_where_an_earlier_one_ended()
    {
        var first = await StartDemoAsync();
        await File.WriteAllTextAsync(PathOf("demo", "client-2", "mine.txt"), "mine");
        await SyncAsync("demo/client-2");
        await SyncAsync("demo/client-1");
        File.Delete(PathOf("demo", "client-1", "notes.txt"));
        await SyncAsync("demo/client-1");
        Assert.Equal(0, await first.TerminateAsync());

        await StartDemoAsync(clients: 4);
        foreach (var replica in (string[])["client-1", "client-2", "client-3", "client-4"])
        {
            await SyncAsync("demo/" + replica);
            Assert.Equal("mine", Assert.Single(Files("demo/" + replica)).Value);
        }
    }

    [Fact(Timeout = 300_000)]
    public async Task The_clients_of_a_killed_demo_end_with_it()
    {
        var demo = await StartDemoAsync();
        var clients = ChildProcesses.Of(demo.ProcessId);
        Assert.Equal(3, clients.Count);

        await demo.KillAsync();

        foreach (var client in clients)
            await client.WaitForExitAsync().WaitAsync(RunningNode.LineTimeout);
    }

    [Fact(Timeout = 300_000)]
    public async Task A_directory_with_something_else_in_it_is_left_alone()
    {
        Directory.CreateDirectory(PathOf("demo"));
        await File.WriteAllTextAsync(PathOf("demo", "thesis.txt"), "precious");

        var refused = await RunningNode.RunAsync(Executables.Server, "demo", "--dir", PathOf("demo"), "--listen", "127.0.0.1:0", "--console", "off");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(PathOf("demo"), refused.Error);
        Assert.Equal([PathOf("demo", "thesis.txt")], Directory.GetFileSystemEntries(PathOf("demo")));
    }

    private async Task<RunningNode> StartDemoAsync(int clients = 3)
    {
        var demo = Start(
            Executables.Server, "demo", "--dir", PathOf("demo"), "--clients", clients.ToString(), "--listen", "127.0.0.1:0", "--console", "127.0.0.1:0");
        await demo.LineAsync("Ctrl-C ends the server and all clients.");
        return demo;
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/")]
    private static partial Regex ConsoleAddress();
}
