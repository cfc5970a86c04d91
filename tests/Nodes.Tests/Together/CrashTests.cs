using Nodes.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Nodes.Tests.Together;

/// <summary>kill -9 at random instants, while users edit.</summary>
public sealed class CrashTests(ITestOutputHelper output) : Playground
{
    private const int Crashes = 50;
    private static readonly string[] Replicas = ["a", "b", "c"];

    private readonly Dictionary<string, RunningNode> _clients = [];
    private string _address = "127.0.0.1:0";
    private RunningNode _server = null!;

    [Fact(Timeout = 900_000)]
    public async Task After_fifty_crashes_during_edits_all_replicas_agree_and_no_edit_is_lost()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var users = new Users(seed, [.. Replicas.Select(replica => PathOf(replica))]);
        (_server, _address) = await StartServerAsync();
        foreach (var replica in Replicas)
            _clients[replica] = await StartClientAsync(replica, _address);

        for (var crash = 0; crash < Crashes; crash++)
        {
            users.Edit(1 + users.Draw(20));
            if (users.Draw(3) == 0)
                await CrashServerAsync(users);
            else
                await CrashClientAsync(users, Replicas[users.Draw(Replicas.Length)]);
        }

        await AgreeAsync();
        users.CheckAgainst(Files("a"));
        output.WriteLine($"{users.Operations} operations, {Crashes} crashes, {Files("a").Count} files");
    }

    private async Task CrashServerAsync(Users users)
    {
        await _server.KillAsync();
        users.Edit(users.Draw(6));
        (_server, _) = await StartServerAsync(_address);
    }

    private async Task CrashClientAsync(Users users, string replica)
    {
        await _clients[replica].KillAsync();
        users.Edit(users.Draw(6));
        _clients[replica] = Start(Executables.Client, "run", PathOf(replica), "--server", _address);
        // Sometimes the next crash comes before this node has found its server again.
        if (users.Draw(2) == 0)
            await _clients[replica].LineAsync("Connected with server as ");
    }

    // The first round commits what is only local; what it makes elsewhere (conflict copies) travels in the next ones.
    private async Task AgreeAsync()
    {
        for (var round = 0; round < 4; round++)
        {
            foreach (var replica in Replicas)
            {
                await _clients[replica].LineAsync("Connected with server as ");
                await SyncAsync(replica);
            }
        }
        Assert.Equal(Files("a"), Files("b"));
        Assert.Equal(Files("a"), Files("c"));
    }
}
