namespace Actors.NodeShell;

/// <summary>The life of a process that is a node: it runs until it is asked to stop, and then stops in order.</summary>
public static class NodeProcess
{
    /// <summary>What a node has for an orderly end; the rest of five seconds is for the process itself.</summary>
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(4.5);

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);
    private static ITimer? _end;
    private static bool _isTold;

    /// <summary>
    /// Where this environment variable is 1, the node also stops when its standard input ends: so that a child process
    /// ends with its parent, however that ends.
    /// </summary>
    public const string EndsWithStdinVariable = "ACTORS_ENDS_WITH_STDIN";

    /// <summary>
    /// Waits for Ctrl-C, SIGTERM or the node's own end, and shuts the node down. A second Ctrl-C ends the process at
    /// once.
    /// </summary>
    /// <param name="signals">Made before the node was started: what comes meanwhile is not lost.</param>
    /// <param name="host">The running node.</param>
    /// <param name="endsWithStdin">The same as the environment variable.</param>
    /// <returns>0; 1 if the orderly end took too long.</returns>
    /// <exception cref="NodeException">Why the node ended by itself.</exception>
    public static async Task<int> RunAsync(StopSignals signals, INodeHost host, bool endsWithStdin = false)
    {
        endsWithStdin |= Environment.GetEnvironmentVariable(EndsWithStdinVariable) == "1";
        var first = endsWithStdin
            ? await Task.WhenAny(host.Ended, signals.Requested, StdinEnd.Wait())
            : await Task.WhenAny(host.Ended, signals.Requested);
        EndInAnyCase();
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
            _isTold = true;
            await Console.Error.WriteLineAsync($"The node did not stop in order within {StopTimeout.TotalSeconds} s and is ended{(host.WhatHoldsItUp is { } reason ? $": {reason}" : "")}.");
            return ExitCodes.Failure;
        }
    }

    /// <summary>
    /// The process ends within the time for an orderly end and a little more, whatever is in its way: a start that comes to no
    /// end, or something that cannot be closed.
    /// </summary>
    internal static void EndInAnyCase() =>
        _end ??= TimeProvider.System.CreateTimer(_ => EndNow(), null, StopTimeout + CloseTimeout, Timeout.InfiniteTimeSpan);

    private static void EndNow()
    {
        if (!_isTold)
            Console.Error.WriteLine("The node is ended although something that it waits for has not come back: a disk that does not answer?");
        Environment.Exit(ExitCodes.Failure);
    }
}

/// <summary>A running node, as its process sees it.</summary>
public interface INodeHost
{
    /// <summary>Ends when the node ended by itself; faulted with a <see cref="NodeException"/> if it could not go on.</summary>
    Task Ended { get; }

    /// <summary>Shuts down in order: flush, tell the peer.</summary>
    Task StopAsync();

    /// <summary>Why <see cref="StopAsync"/> does not come to its end, where the node can tell.</summary>
    string? WhatHoldsItUp => null;
}
