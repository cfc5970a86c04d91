using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Hostile;

/// <summary>Every machine calls itself 127.0.0.1, and two may use the same port: the server tells their clients apart.</summary>
public sealed class SameAddressTests : Playground
{
    private const string SamePort = "akka.remote.dot-netty.tcp { hostname = \"127.0.0.1\", port = 4000 }";

    [NamespacesFact(Timeout = 300_000)]
    public async Task Two_clients_on_machines_of_their_own_with_equal_host_and_port_are_two()
    {
        await using var machines = await new NetworkNamespaces().CreateAsync();
        using var ours = Certificates.Authority("Ours");
        var tls = new TlsFiles(PathOf("tls"), ours);
        var address = $"{NetworkNamespaces.ServerAddress}:2346";
        var server = StartOn("server", Executables.Server, "run", "--listen", address, "--console", "off", "--data", PathOf("data"),
            "--config", tls.Configuration("server", ours, NetworkNamespaces.ServerAddress));
        await server.LineAsync("Listening on ");
        foreach (var machine in (string[])["one", "two"])
        {
            var client = StartOn(machine, Executables.Client, "run", PathOf(machine), "--server", address, "--config", tls.Configuration(machine, ours, more: SamePort));
            await client.LineAsync("Connected with server as ");
        }

        for (var round = 0; round < 3; round++)
        {
            foreach (var machine in (string[])["one", "two"])
                await File.WriteAllTextAsync(PathOf(machine, $"{machine}-{round}.txt"), $"{round}");
            await SyncAsync("one");
            await SyncAsync("two");
            await SyncAsync("one");
        }

        Assert.Equal(6, Files("one").Count);
        Assert.Equal(Files("one"), Files("two"));
        Assert.DoesNotContain(server.Lines(), line => line.Contains("has left", StringComparison.Ordinal));
    }

    private RunningNode StartOn(string machine, string executable, params string[] arguments) =>
        Start("/usr/bin/env", ["ip", "netns", "exec", NetworkNamespaces.NameOf(machine), executable, .. arguments]);
}
