using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>A mount in the replica that never answers.</summary>
public sealed class DeadMountTests : Playground
{
    [DeadMountFact(Timeout = 180_000)]
    public async Task A_node_that_waits_for_it_says_so_and_ends_on_sigterm()
    {
        var (_, address) = await StartServerAsync();
        var node = await StartClientAsync("a", address);
        Directory.CreateDirectory(PathOf("a", "mnt"));
        await SyncAsync("a");
        using var mount = new DeadMount(PathOf("a", "mnt"));

        // Looks at everything, and so runs into it.
        Assert.Equal(1, (await RunningNode.RunAsync(Executables.Client, "sync", PathOf("a"), "--timeout", "5s")).ExitCode);
        var status = await RunningNode.RunAsync(Executables.Client, "status", PathOf("a"));
        Assert.Contains("of 'mnt' has not come back for", status.Output + status.Error);

        Assert.Equal(1, await node.TerminateAsync());
        Assert.Contains("of 'mnt' has not come back for", node.Errors());
    }

    [DeadMountFact(Timeout = 180_000)]
    public async Task A_start_that_waits_for_it_ends_on_sigterm()
    {
        Directory.CreateDirectory(PathOf("a"));
        using var mount = new DeadMount(PathOf("a"));
        var node = Start(Executables.Client, "run", PathOf("a"));
        await DeadMount.IsWaitedForAsync(node.ProcessId);

        Assert.Equal(1, await node.TerminateAsync());
        Assert.Contains("a disk that does not answer?", node.Errors());
    }
}
