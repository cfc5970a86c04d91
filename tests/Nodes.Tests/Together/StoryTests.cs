using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>The session that the original system is told about, line by line.</summary>
public sealed class StoryTests : Playground
{
    private const string Quiet = "No modifications made to the file";

    [Fact(Timeout = 240_000)]
    public async Task Three_clients_and_their_server_tell_the_story_of_the_original()
    {
        var (server, address) = await StartServerAsync();
        var clients = new List<RunningNode>();
        foreach (var replica in (string[])["a", "b", "c"])
        {
            Directory.CreateDirectory(PathOf(replica));
            await File.WriteAllTextAsync(PathOf(replica, "notes.txt"), "All have this.\n");
            clients.Add(await StartClientAsync(replica, address));
            await clients[^1].LineAsync(Quiet);
        }

        await AppendAsync("b", author: clients[1], others: [clients[0], clients[2]]);
        await AppendAsync("c", author: clients[2], others: [clients[0], clients[1]]);

        string[] update = ["Invalidation request from server", "Pulling updates from server", "Updating local copy", Quiet];
        Assert.Equal(["Client 1 welcomes you!", "Connected with server as Client 1", "Sharing 1 file", Quiet, .. update, .. update], Story(clients[0]));
        Assert.Equal(["Client 2 welcomes you!", "Connected with server as Client 2", Quiet, "Modifications made to the file", .. update], Story(clients[1]));
        Assert.Equal(["Client 3 welcomes you!", "Connected with server as Client 3", Quiet, .. update, "Modifications made to the file"], Story(clients[2]));
        const string Received = "Update received and Invalidation requests being sent to clients";
        const string Instructing = "Instructing clients to update";
        Assert.Equal(
            ["Connected with Client 1", Received, "Connected with Client 2", "Connected with Client 3", Received, Instructing, Received, Instructing],
            Story(server));
    }

    private async Task AppendAsync(string replica, RunningNode author, params RunningNode[] others)
    {
        var told = others.Select(other => other.Lines().Count).ToList();
        await File.AppendAllTextAsync(PathOf(replica, "notes.txt"), $"And more by {replica}.\n");
        await author.LineAsync("Modifications made to the file");
        for (var index = 0; index < others.Length; index++)
            await others[index].LineAfterAsync(told[index], Quiet);
    }

    /// <summary>What a node has told of its work, without times and details.</summary>
    private static IEnumerable<string> Story(RunningNode node) => node.Lines()
        .Select(line => line[(line.IndexOf(' ') + 1)..])
        .Where(line => !line.StartsWith("Warning: ") && !line.StartsWith("Listening on "))
        .Select(line => line.Split(": ")[0]);
}
