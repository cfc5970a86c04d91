namespace Actors.Hosting;

/// <summary>The life of a process that is a node: it runs until somebody asks it to stop, and then stops in order.</summary>
public static class NodeProcess
{
    /// <summary>What a node has for an orderly end; the rest of five seconds is for the process itself.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(4.5);

    /// <summary>
    /// Waits for Ctrl-C, SIGTERM, the end of standard input (where <paramref name="untilStdinCloses"/>) or the node's
    /// own end, and shuts the node down. A second signal ends the process at once.
    /// </summary>
    /// <returns>0; 1 if the orderly end took too long.</returns>
    /// <exception cref="NodeException">Why the node ended by itself.</exception>
    public static async Task<int> RunAsync(INodeHost host, bool untilStdinCloses = false)
    {
        using var signals = new StopSignals();
        var stdin = untilStdinCloses ? StdinEnd.Wait() : null;
        var first = await Task.WhenAny([host.Ended, signals.Requested, .. stdin is null ? Array.Empty<Task>() : [stdin]]);
        if (first == host.Ended)
        {
            await host.Ended;
            return ExitCodes.Success;
        }
        try
        {
            await host.StopAsync().WaitAsync(StopTimeout);
            return ExitCodes.Success;
        }
        catch (TimeoutException)
        {
            await Console.Error.WriteLineAsync($"The node did not stop in order within {StopTimeout.TotalSeconds} s and is ended.");
            return ExitCodes.Failure;
        }
    }
}
