using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Hostile;

/// <summary>Akka.NET as published is a peer like any other: served, and refused what it may not do.</summary>
public sealed class StockPeerTests : Playground
{
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory.Replace(Path.Combine("tests", "Nodes.Tests"), Path.Combine("tests", "StockPeer")), "StockPeer" + (OperatingSystem.IsWindows() ? ".exe" : ""));

    [Fact(Timeout = 300_000)]
    public async Task A_stock_peer_joins_is_served_and_is_refused_what_it_may_not_do()
    {
        var (server, address) = await StartServerAsync();
        await StartClientAsync("a", address);
        await File.WriteAllTextAsync(PathOf("a", "one.txt"), "one");
        await SyncAsync("a");

        var peer = await RunningNode.RunWithinAsync(TimeSpan.FromSeconds(120), Program, address);

        Assert.Equal(
            ["joined as Stock", "pulled 1 entries: one.txt", "identified: registry", "pulled 1 entries: one.txt"],
            peer.Output.Split('\n').Where(line => line.StartsWith("joined", StringComparison.Ordinal) || line.StartsWith("pulled", StringComparison.Ordinal)
                || line.StartsWith("identified", StringComparison.Ordinal) || line.StartsWith("ended", StringComparison.Ordinal)));
        Assert.Contains(server.Lines(), line => line.Contains("Refused from Stock@", StringComparison.Ordinal));
        await File.WriteAllTextAsync(PathOf("a", "two.txt"), "two");
        await SyncAsync("a");
    }
}
