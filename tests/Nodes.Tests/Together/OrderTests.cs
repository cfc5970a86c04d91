using System.Globalization;
using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>What a user completes first is never missing where what was completed later has arrived.</summary>
public sealed class OrderTests : Playground
{
    private const int Rounds = 20;

    [Fact(Timeout = 240_000)]
    public async Task What_points_to_a_new_file_comes_after_it_on_another_replica()
    {
        var (_, address) = await StartServerAsync();
        Directory.CreateDirectory(PathOf("a"));
        await File.WriteAllTextAsync(PathOf("a", "pointer"), "see nothing\n");
        await StartPatientClientAsync("a", address);
        var other = await StartPatientClientAsync("b", address);
        await SyncAsync("b");
        for (var round = 1; round <= Rounds; round++)
        {
            var skip = other.Lines().Count;
            await File.WriteAllTextAsync(PathOf("a", $"blob-{round}"), "d\n");
            await File.WriteAllTextAsync(PathOf("a", "pointer"), $"see blob-{round}\n");
            await other.LineAfterAsync(skip, "Updating local copy: pointer");
            Assert.Contains(other.Lines().Skip(skip).TakeWhile(line => !line.Contains("Updating local copy: pointer", StringComparison.Ordinal)),
                line => line.Contains($"Updating local copy: blob-{round} ", StringComparison.Ordinal));
            await SyncAsync("a");
            await SyncAsync("b");
        }
    }

    [Fact(Timeout = 240_000)]
    public async Task A_reader_beside_commits_of_git_never_finds_a_branch_without_its_commit()
    {
        var (_, address) = await StartServerAsync();
        Directory.CreateDirectory(PathOf("a"));
        await GitAsync("a", "init", "-q", "-b", "main");
        await CommitAsync(0);
        await StartPatientClientAsync("a", address);
        await StartPatientClientAsync("b", address);
        await SyncAsync("b");
        var commits = CommitAllAsync();
        while (!commits.IsCompleted)
            await GitAsync("b", "log", "--oneline");
        await commits;
        Assert.Equal(Rounds + 1, (await GitAsync("b", "log", "--oneline")).Output.Trim().Split('\n').Length);
    }

    private async Task CommitAllAsync()
    {
        for (var round = 1; round <= Rounds; round++)
            await CommitAsync(round);
        await SyncAsync("a");
        await SyncAsync("b");
    }

    private async Task CommitAsync(int number)
    {
        await File.WriteAllTextAsync(PathOf("a", "notes.txt"), number.ToString(CultureInfo.InvariantCulture));
        await GitAsync("a", "add", "notes.txt");
        await GitAsync("a", "-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "gc.auto=0", "commit", "-q", "-m", $"commit {number}");
    }

    private async Task<FinishedCommand> GitAsync(string replica, params string[] arguments)
    {
        var git = await RunningNode.RunAsync("git", ["-C", PathOf(replica), .. arguments]);
        Assert.True(git.ExitCode == 0, $"git {string.Join(' ', arguments)} in {replica}: {git.Output}{git.Error}");
        return git;
    }

    /// <summary>However slow the machine is, nothing is passed.</summary>
    private async Task<RunningNode> StartPatientClientAsync(string replica, string address)
    {
        await File.WriteAllTextAsync(PathOf("patient.conf"), "actors.client.order-patience = 10 minutes\n");
        return await StartClientAsync(replica, address, "--config", PathOf("patient.conf"));
    }
}
