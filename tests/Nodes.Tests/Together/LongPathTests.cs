using Nodes.Tests.Processes;
using Xunit;

namespace Nodes.Tests.Together;

/// <summary>Directories whose paths are longer than SQLite, which keeps the nodes' state, opens.</summary>
public sealed class LongPathTests : Playground
{
    private string LongPath => PathOf(new string('a', 200), new string('b', 200), new string('c', 200));

    [Fact(Timeout = 120_000)]
    public async Task A_replica_at_too_long_a_path_is_refused_with_exit_2_and_the_reason()
    {
        Expect(await RunningNode.RunAsync(Executables.Client, "run", LongPath, "--server", "127.0.0.1:9"));
        Assert.Empty(Directory.GetFileSystemEntries(PathOf()));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_data_directory_at_too_long_a_path_is_refused_with_exit_2_and_the_reason()
    {
        Expect(await RunningNode.RunAsync(Executables.Server, "run", "--data", LongPath, "--listen", "127.0.0.1:0", "--console", "off"));
        Assert.Empty(Directory.GetFileSystemEntries(PathOf()));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_short_path_that_leads_to_too_long_a_one_is_refused_too()
    {
        Directory.CreateDirectory(LongPath);
        Directory.CreateSymbolicLink(PathOf("link"), LongPath);
        Expect(await RunningNode.RunAsync(Executables.Client, "run", PathOf("link", "replica"), "--server", "127.0.0.1:9"));
    }

    private static void Expect(FinishedCommand refused)
    {
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("bytes long; SQLite, which keeps the state of nodes, opens none of more than 504", refused.Error);
        Assert.Contains("what to do:", refused.Error);
    }
}
