using System.Text.Json;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Client;

public sealed class ClientProcessTests : Playground
{
    [Fact(Timeout = 180_000)]
    public async Task A_client_named_nothing_is_numbered_and_keeps_its_number_across_restarts()
    {
        var (server, address) = await StartServerAsync();
        var first = await StartClientAsync("a", address);
        var second = await StartClientAsync("b", address);
        Assert.EndsWith("Connected with server as Client 1", await first.LineAsync("Connected with server as"));
        await second.LineAsync("Client 2 welcomes you!");
        await server.LineAsync("Connected with Client 2");
        Assert.Equal(0, await first.TerminateAsync());
        Assert.Equal(0, await second.TerminateAsync());

        await (await StartClientAsync("b", address)).LineAsync("Connected with server as Client 2");
        await (await StartClientAsync("a", address)).LineAsync("Connected with server as Client 1");
    }

    [Fact(Timeout = 180_000)]
    public async Task A_client_without_a_server_says_so_once_goes_on_trying_and_connects_when_it_comes()
    {
        var (server, address) = await StartServerAsync();
        var client = await StartClientAsync("a", address);
        Assert.Equal(0, await server.TerminateAsync());
        await client.LineAsync(address);
        await File.WriteAllTextAsync(PathOf("a", "offline.txt"), "written while the server was away");

        var told = client.Lines().Count;
        await StartServerAsync(address);
        await client.LineAfterAsync(told - 1, "Connected with server as Client 1");
        await SyncAsync("a");
        await StartClientAsync("b", address);
        await SyncAsync("b");

        Assert.Equal("written while the server was away", Files("b")["offline.txt"]);
        Assert.Single(client.Lines(), line => line.Contains(address) && !line.Contains("Connected"));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_client_that_never_finds_a_server_stops_in_order()
    {
        var client = Start(Executables.Client, "run", PathOf("a"), "--server", "127.0.0.1:9");
        await client.LineAsync("127.0.0.1:9");

        Assert.Equal(0, await client.TerminateAsync());
    }

    [Fact(Timeout = 180_000)]
    public async Task A_client_stops_in_order_on_ctrl_c_and_exits_0_and_the_server_is_told()
    {
        var (server, address) = await StartServerAsync();
        var client = await StartClientAsync("a", address);

        UnixSignal.SendInterrupt(client.ProcessId);

        Assert.Equal(0, await client.ExitCodeAsync());
        await server.LineAsync("Client 1 has left");
    }

    [Fact(Timeout = 180_000)]
    public async Task A_second_client_on_one_replica_exits_1_and_names_the_replica()
    {
        var (_, address) = await StartServerAsync();
        await StartClientAsync("a", address);

        var second = await RunningNode.RunAsync(Executables.Client, "run", PathOf("a"), "--server", address);

        Assert.Equal(1, second.ExitCode);
        Assert.Contains(PathOf("a"), second.Error);
        Assert.Contains("what to do:", second.Error);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("run")]
    [InlineData("run", "DIR", "--server", "nonsense")]
    [InlineData("run", "DIR", "--sever", "127.0.0.1:1")]
    [InlineData("run", "--bogus")]
    [InlineData("sync", "DIR", "--timeout", "soon")]
    public async Task Wrong_options_exit_2_and_make_nothing(params string[] arguments)
    {
        var replica = PathOf("a");
        var refused = await RunningNode.RunAsync(Executables.Client, [.. arguments.Select(each => each == "DIR" ? replica : each)]);

        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("ClientNode: ", refused.Error);
        Assert.Contains("what to do:", refused.Error);
        Assert.False(Directory.Exists(replica));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_directory_that_is_not_there_is_made_and_the_story_says_so()
    {
        var (_, address) = await StartServerAsync();
        var client = await StartClientAsync(Path.Combine("new", "a"), address);
        await client.LineAsync($"Made the directory {PathOf("new", "a")}");
        Assert.Equal(0, await client.TerminateAsync());
        var again = await StartClientAsync(Path.Combine("new", "a"), address);
        Assert.DoesNotContain(again.Lines(), line => line.Contains("Made the directory"));
    }

    [Fact(Timeout = 180_000)]
    public async Task A_directory_inside_a_running_replica_is_refused_with_exit_2_and_left_as_it_is()
    {
        var (_, address) = await StartServerAsync();
        await StartClientAsync("a", address);
        Directory.CreateDirectory(PathOf("a", "sub"));

        foreach (var inside in (string[])[PathOf("a", "sub"), PathOf("a", "sub", "new"), PathOf("a", "new")])
        {
            var refused = await RunningNode.RunAsync(Executables.Client, "run", inside, "--server", address);
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains(PathOf("a"), refused.Error);
        }
        Assert.Empty(Directory.GetFileSystemEntries(PathOf("a", "sub")));
    }

    [Fact(Timeout = 120_000)]
    public async Task Sync_and_status_of_a_replica_without_a_running_node_exit_1()
    {
        Directory.CreateDirectory(PathOf("a"));

        foreach (var command in (string[])["sync", "status", "confirm"])
        {
            var failed = await RunningNode.RunAsync(Executables.Client, command, PathOf("a"));
            Assert.Equal(1, failed.ExitCode);
            Assert.Contains(PathOf("a"), failed.Error);
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task Sync_exits_1_with_what_is_pending_while_the_server_is_away()
    {
        var (server, address) = await StartServerAsync();
        var client = await StartClientAsync("a", address);
        await server.KillAsync();
        await client.LineAsync(address);
        await File.WriteAllTextAsync(PathOf("a", "pending.txt"), "x");

        var sync = await RunningNode.RunAsync(Executables.Client, "sync", PathOf("a"), "--timeout", "1s");

        Assert.Equal(1, sync.ExitCode);
        Assert.Contains("pending.txt", sync.Output + sync.Error);
    }

    [Fact(Timeout = 180_000)]
    public async Task Status_prints_json_that_names_the_client_and_its_server()
    {
        var (_, address) = await StartServerAsync();
        await StartClientAsync("a", address);

        var status = await RunningNode.RunAsync(Executables.Client, "status", PathOf("a"), "--json");

        Assert.Equal(0, status.ExitCode);
        using var json = JsonDocument.Parse(status.Output);
        Assert.Contains("Client 1", json.RootElement.GetRawText());
        Assert.Contains(address, json.RootElement.GetRawText());
    }

    [Fact(Timeout = 180_000)]
    public async Task A_client_on_the_portable_file_system_says_what_is_weaker_and_takes_part()
    {
        var (_, address) = await StartServerAsync();
        await File.WriteAllTextAsync(PathOf("client.conf"), "actors.client.file-system = portable");
        var portable = await StartClientAsync("a", address, "--config", PathOf("client.conf"));
        await portable.LineAsync("does not tell who is writing a file");
        var other = await StartClientAsync("b", address);

        await File.WriteAllTextAsync(PathOf("a", "notes.txt"), "from the portable one");
        await other.LineAsync("Updating local copy: notes.txt");
        Assert.Equal("from the portable one", Files("b")["notes.txt"]);

        await File.WriteAllTextAsync(PathOf("b", "notes.txt"), "and back");
        Directory.CreateDirectory(PathOf("b", "folder"));
        await File.WriteAllTextAsync(PathOf("b", "folder", "more.txt"), "more");
        await SyncAsync("b");
        await SyncAsync("a");
        Assert.Equal(Files("b"), Files("a"));
        Assert.Equal("and back", Files("a")["notes.txt"]);
        Assert.Equal(2, Files("a").Count);
    }

    [Fact(Timeout = 180_000)]
    public async Task A_client_that_slept_until_the_server_gave_it_up_connects_anew_by_itself_and_resumes()
    {
        await File.WriteAllTextAsync(PathOf("server.conf"), """
            akka.remote.watch-failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 1s, expected-response-after = 200ms }
            """);
        var (server, address) = await StartServerAsync("127.0.0.1:0", "--config", PathOf("server.conf"));
        var sleeper = await StartClientAsync("a", address);
        await StartClientAsync("b", address);
        await File.WriteAllTextAsync(PathOf("a", "before.txt"), "both have it");
        await SyncAsync("a");
        await SyncAsync("b");

        UnixSignal.SendStop(sleeper.ProcessId);
        await server.LineAsync("Client 1 has left");
        await File.WriteAllTextAsync(PathOf("b", "meanwhile.txt"), "made while a slept");
        await File.WriteAllTextAsync(PathOf("a", "asleep.txt"), "made on a's disk while its node slept");
        await SyncAsync("b");
        var told = sleeper.Lines().Count;
        UnixSignal.SendContinue(sleeper.ProcessId);

        await sleeper.LineAfterAsync(told, "The server has given this node up");
        await sleeper.LineAfterAsync(told, "Connected with server as Client 1");
        await SyncAsync("a");
        await SyncAsync("b");
        Assert.Equal(["asleep.txt", "before.txt", "meanwhile.txt"], Files("a").Keys);
        Assert.Equal(Files("a"), Files("b"));
    }

    [Fact(Timeout = 180_000)]
    public async Task Both_nodes_write_their_history_with_every_field()
    {
        var (_, address) = await StartServerAsync("127.0.0.1:0", "--events", PathOf("server.jsonl"));
        await StartClientAsync("a", address, "--events", PathOf("a.jsonl"));
        await StartClientAsync("b", address, "--events", PathOf("b.jsonl"));
        await File.WriteAllTextAsync(PathOf("a", "notes.txt"), "hello");
        await SyncAsync("a");
        await SyncAsync("b");

        string[] fields = ["t", "mono_ns", "node", "epoch", "op", "type", "event", "share", "path", "version", "seq", "hash", "bytes"];
        foreach (var (file, expected) in new[] { ("server.jsonl", "commit"), ("a.jsonl", "push"), ("b.jsonl", "apply") })
        {
            var events = (await File.ReadAllLinesAsync(PathOf(file))).Select(line => JsonDocument.Parse(line).RootElement).ToList();
            Assert.All(events, each => Assert.Equal(fields, each.EnumerateObject().Select(field => field.Name)));
            Assert.Contains(events, each => each.GetProperty("event").GetString() == expected);
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task In_a_history_each_outcome_has_its_invoke_and_no_op_is_used_again_after_a_restart()
    {
        var (server, address) = await StartServerAsync("127.0.0.1:0", "--events", PathOf("server.jsonl"));
        var first = await StartClientAsync("a", address, "--events", PathOf("a.jsonl"));
        await StartClientAsync("b", address, "--events", PathOf("b.jsonl"));
        await File.WriteAllTextAsync(PathOf("a", "notes.txt"), "hello");
        await SyncAsync("a");
        await SyncAsync("b");
        Assert.Equal(0, await first.TerminateAsync());
        await File.WriteAllTextAsync(PathOf("b", "notes.txt"), "more");
        await SyncAsync("b");
        await server.TerminateAsync();
        first = Start(Executables.Client, "run", PathOf("a"), "--server", address, "--events", PathOf("a.jsonl"));
        await first.LineAsync("No server");
        await StartServerAsync(address, "--events", PathOf("server.jsonl"));
        await first.LineAsync("Connected with server");
        await SyncAsync("a");
        Assert.Equal(0, await first.TerminateAsync());

        foreach (var file in (string[])["server.jsonl", "a.jsonl", "b.jsonl"])
        {
            var (open, used, last) = (new HashSet<string>(), new HashSet<string>(), 0L);
            foreach (var line in await File.ReadAllLinesAsync(PathOf(file)))
            {
                var e = JsonDocument.Parse(line).RootElement;
                var op = e.GetProperty("op").GetString();
                var type = e.GetProperty("type").GetString();
                Assert.True(type != "invoke" || (used.Add(op!) && open.Add(op!)), line);
                Assert.True(type is not ("ok" or "fail") || open.Remove(op!), line);
                Assert.True(e.GetProperty("mono_ns").GetInt64() >= last, line);
                last = e.GetProperty("mono_ns").GetInt64();
            }
            Assert.True(file == "b.jsonl" || open.Count == 0, $"{file}: {string.Join(", ", open)}");
        }
    }

    [Fact(Timeout = 180_000)]
    public async Task Status_names_the_client_while_the_server_is_away_too()
    {
        var (server, address) = await StartServerAsync();
        var client = await StartClientAsync("a", address);
        await client.LineAsync("Connected with server as Client 1");
        await server.KillAsync();
        await client.LineAsync("is lost");
        Assert.StartsWith("Client 1, ", (await RunningNode.RunAsync(Executables.Client, "status", PathOf("a"))).Output);

        Assert.Equal(0, await client.TerminateAsync());
        await Start(Executables.Client, "run", PathOf("a"), "--server", address).LineAsync("No server");
        Assert.StartsWith("Client 1, ", (await RunningNode.RunAsync(Executables.Client, "status", PathOf("a"))).Output);
    }
}
