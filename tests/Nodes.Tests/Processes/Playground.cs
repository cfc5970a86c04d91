using System.Text.RegularExpressions;
using Xunit;

namespace Nodes.Tests.Processes;

/// <summary>A directory of its own for one test, the nodes that were started in it, and their end.</summary>
public abstract partial class Playground : IAsyncLifetime
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("nodes-");
    private readonly List<RunningNode> _nodes = [];

    private protected string PathOf(params string[] names) => Path.Combine([_directory.FullName, .. names]);

    /// <summary>A server on a free port, without a console; its data is in "data".</summary>
    private protected async Task<(RunningNode Node, string Address)> StartServerAsync(string listen = "127.0.0.1:0", params string[] more)
    {
        var server = Start(Executables.Server, ["run", "--listen", listen, "--console", "off", "--data", PathOf("data"), .. more]);
        var line = await server.LineAsync("Listening on ");
        return (server, AddressInLine().Match(line).Value);
    }

    private protected async Task<RunningNode> StartClientAsync(string replica, string server, params string[] more)
    {
        var client = Start(Executables.Client, ["run", PathOf(replica), "--server", server, .. more]);
        await client.LineAsync("Connected with server as ");
        return client;
    }

    private protected RunningNode Start(string executable, params string[] arguments)
    {
        var node = RunningNode.Start(executable, arguments);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Waits until the replica has committed its edits and has reached the server's head.</summary>
    private protected async Task SyncAsync(string replica, int timeoutSeconds = 40)
    {
        var sync = await RunningNode.RunWithinAsync(
            TimeSpan.FromSeconds(timeoutSeconds + 20), Executables.Client, "sync", PathOf(replica), "--timeout", $"{timeoutSeconds}s");
        if (sync.ExitCode != 0)
            throw new InvalidOperationException($"sync {replica} exits {sync.ExitCode}: {sync.Output}\n{sync.Error}\n{string.Join('\n', _nodes.Select(node => node.Told()))}");
    }

    /// <summary>All files of a replica by their names, with their texts; without what the node keeps there.</summary>
    private protected SortedDictionary<string, string> Files(string replica)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(PathOf(replica), "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(PathOf(replica), file);
            if (!name.StartsWith(".actors" + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                files[name] = File.ReadAllText(file);
        }
        return files;
    }

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    async Task IAsyncLifetime.DisposeAsync()
    {
        foreach (var node in Enumerable.Reverse(_nodes))
            await node.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex AddressInLine();
}
