using Nodes.Tests.Processes;
using Xunit;
using Xunit.Abstractions;

namespace Nodes.Tests.Together;

public sealed class ReconnectTests(ITestOutputHelper output) : Playground
{
    private const int Rounds = 3;

    [Fact(Timeout = 240_000)]
    public async Task An_edit_made_while_the_server_was_away_arrives_after_it_is_back()
    {
        var (server, address) = await StartServerAsync();
        await StartClientAsync("a", address);
        var other = await StartClientAsync("b", address);
        for (var round = 1; round <= Rounds; round++)
        {
            await server.KillAsync();
            await File.WriteAllTextAsync(PathOf("a", $"edit-{round}.txt"), $"edit {round}");
            (server, _) = await StartServerAsync(address);
            var back = TimeProvider.System.GetTimestamp();
            await other.LineAsync($"Updating local copy: edit-{round}.txt");
            output.WriteLine($"round {round}: {TimeProvider.System.GetElapsedTime(back).TotalMilliseconds:0} ms after the server listened");
            Assert.Equal($"edit {round}", Files("b")[$"edit-{round}.txt"]);
        }
    }
}
