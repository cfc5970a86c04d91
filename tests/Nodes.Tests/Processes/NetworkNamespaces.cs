using System.Net;

namespace Nodes.Tests.Processes;

/// <summary>
/// A server's machine and two clients' machines, each a network namespace of its own: what they call 127.0.0.1 is not the
/// same, and the clients reach the server alone. Needs root.
/// </summary>
internal sealed class NetworkNamespaces : IAsyncDisposable
{
    public static readonly IPAddress ServerAddress = IPAddress.Parse("10.77.0.1");

    private static readonly string[] Machines = ["server", "one", "two"];
    private static readonly string Prefix = $"actors-{Environment.ProcessId}-";

    public static string NameOf(string machine) => Prefix + machine;

    public async Task<NetworkNamespaces> CreateAsync()
    {
        foreach (var machine in Machines)
        {
            await IpAsync("netns", "add", NameOf(machine));
            await InAsync(machine, "link", "set", "lo", "up");
        }
        await InAsync("server", "addr", "add", $"{ServerAddress}/32", "dev", "lo");
        for (var client = 1; client < Machines.Length; client++)
        {
            await IpAsync("link", "add", $"to-{client}", "netns", NameOf("server"), "type", "veth", "peer", "name", "eth", "netns", NameOf(Machines[client]));
            await InAsync("server", "addr", "add", $"10.77.{client}.1/24", "dev", $"to-{client}");
            await InAsync("server", "link", "set", $"to-{client}", "up");
            await InAsync(Machines[client], "addr", "add", $"10.77.{client}.2/24", "dev", "eth");
            await InAsync(Machines[client], "link", "set", "eth", "up");
            await InAsync(Machines[client], "route", "add", "default", "via", $"10.77.{client}.1");
        }
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in Machines)
            await RunningNode.RunAsync("/usr/bin/env", "ip", "netns", "del", NameOf(machine));
    }

    private static Task InAsync(string machine, params string[] arguments) => IpAsync(["-n", NameOf(machine), .. arguments]);

    private static async Task IpAsync(params string[] arguments)
    {
        var done = await RunningNode.RunAsync("/usr/bin/env", ["ip", .. arguments]);
        if (done.ExitCode != 0)
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {done.Error}");
    }
}
