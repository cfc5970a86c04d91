using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Server;

public sealed class ServerProcessTests : Playground
{
    [Fact(Timeout = 120_000)]
    public async Task A_server_stops_in_order_on_sigterm_and_exits_0()
    {
        var (server, _) = await StartServerAsync();

        Assert.Equal(0, await server.TerminateAsync());
        Assert.Equal("", server.Errors());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_stops_in_order_on_ctrl_c_and_exits_0()
    {
        var (server, _) = await StartServerAsync();

        UnixSignal.SendInterrupt(server.ProcessId);

        Assert.Equal(0, await server.ExitCodeAsync());
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_a_script_has_started_in_the_background_stops_on_sigint_as_well()
    {
        // A program that does so has SIGINT ignored for the node.
        var server = Start("/bin/sh", ["-c", "trap '' INT; exec \"$0\" \"$@\"", Executables.Server, "run", "--listen", "127.0.0.1:0", "--console", "off", "--data", PathOf("data")]);
        await server.LineAsync("Listening on ");

        UnixSignal.SendInterrupt(server.ProcessId);

        Assert.Equal(0, await server.ExitCodeAsync());
    }

    [TerminalFact(Timeout = 120_000)]
    public Task A_server_in_a_terminal_stops_in_order_on_ctrl_c_and_exits_0() =>
        StopsInATerminalAsync($"exec {Executables.Server} run --listen 127.0.0.1:0 --console off --data {PathOf("data")}");

    [TerminalFact(Timeout = 120_000)]
    public Task A_server_in_a_terminal_of_somebody_who_ignores_sigint_stops_on_ctrl_c_as_well() =>
        StopsInATerminalAsync($"trap '' INT; exec {Executables.Server} run --listen 127.0.0.1:0 --console off --data {PathOf("data")}");

    [Fact(Timeout = 120_000)]
    public async Task A_second_server_on_the_same_port_exits_1_and_names_the_port()
    {
        var (_, address) = await StartServerAsync();

        var second = await RunningNode.RunAsync(Executables.Server, "run", "--listen", address, "--console", "off", "--data", PathOf("other"));

        Assert.Equal(1, second.ExitCode);
        Assert.Contains($"--listen {address}", second.Error);
        Assert.Contains("what to do:", second.Error);
        Assert.DoesNotContain("   at ", second.Error + second.Output);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_second_server_on_the_same_data_exits_1_and_names_the_directory()
    {
        await StartServerAsync();

        var second = await RunningNode.RunAsync(Executables.Server, "run", "--listen", "127.0.0.1:0", "--console", "off", "--data", PathOf("data"));

        Assert.Equal(1, second.ExitCode);
        Assert.Contains(PathOf("data"), second.Error);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_others_could_reach_without_tls_is_refused_with_exit_2()
    {
        var refused = await RunningNode.RunAsync(Executables.Server, "run", "--listen", "0.0.0.0:0", "--console", "off", "--data", PathOf("data"));

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("TLS", refused.Error);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_console_that_others_could_reach_is_refused_with_exit_2()
    {
        var refused = await RunningNode.RunAsync(Executables.Server, "run", "--listen", "127.0.0.1:0", "--console", "0.0.0.0:0", "--data", PathOf("data"));

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--console", refused.Error);
    }

    [Fact(Timeout = 120_000)]
    public async Task Tls_without_a_certificate_is_refused_with_exit_2_by_both_nodes()
    {
        await File.WriteAllTextAsync(PathOf("tls.conf"), "akka.remote.dot-netty.tcp.enable-ssl = on");

        foreach (var refused in new[]
        {
            await RunningNode.RunAsync(Executables.Server, "run", "--config", PathOf("tls.conf"), "--listen", "127.0.0.1:0", "--console", "off", "--data", PathOf("data")),
            await RunningNode.RunAsync(Executables.Client, "run", PathOf("a"), "--config", PathOf("tls.conf")),
        })
        {
            Assert.Equal(2, refused.ExitCode);
            Assert.Contains("certificate.path is not set", refused.Error);
            Assert.DoesNotContain("   at ", refused.Error);
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData("run", "--lisen", "127.0.0.1:0")]
    [InlineData("run", "--listen", "nonsense")]
    [InlineData("demo", "--clients", "0")]
    [InlineData("demo", "--clients", "many")]
    [InlineData("run", "surplus")]
    public async Task Wrong_options_exit_2_and_say_where(params string[] arguments)
    {
        var refused = await RunningNode.RunAsync(Executables.Server, arguments);

        Assert.Equal(2, refused.ExitCode);
        Assert.StartsWith("ServerNode: ", refused.Error);
        Assert.Contains("where:", refused.Error);
        Assert.Contains("what to do:", refused.Error);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_wrong_configuration_exits_2_with_the_file_and_the_line()
    {
        var file = PathOf("server.conf");
        await File.WriteAllTextAsync(file, "actors.server {\n  clients-mux = 3\n}\n");

        var refused = await RunningNode.RunAsync(Executables.Server, "run", "--config", file, "--data", PathOf("data"));

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"{file}, line 2", refused.Error);
    }

    [Fact(Timeout = 120_000)]
    public async Task Status_tells_about_a_running_server_and_fails_where_there_is_none()
    {
        var (server, address) = await StartServerAsync();

        var status = await RunningNode.RunAsync(Executables.Server, "status", "--listen", address, "--json");
        Assert.Equal(0, status.ExitCode);
        using var json = System.Text.Json.JsonDocument.Parse(status.Output);
        Assert.Equal(System.Text.Json.JsonValueKind.Object, json.RootElement.ValueKind);

        await server.TerminateAsync();
        var none = await RunningNode.RunAsync(Executables.Server, "status", "--listen", address);
        Assert.Equal(1, none.ExitCode);
        Assert.Contains(address, none.Error);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_ends_when_its_parent_is_gone()
    {
        var (server, _) = await StartServerAsync();

        server.CloseInput();

        Assert.Equal(0, await server.ExitCodeAsync());
    }

    // With exec: a shell that stays as the parent would be ended by the same Ctrl-C, and its exit code be the one that counts.
    private async Task StopsInATerminalAsync(string command)
    {
        var server = Start(TerminalFactAttribute.Script, "--quiet", "--return", "--command", command, "/dev/null");
        await server.LineAsync("Listening");

        server.Type("\u0003");

        Assert.Equal(0, await server.ExitCodeAsync());
    }
}
