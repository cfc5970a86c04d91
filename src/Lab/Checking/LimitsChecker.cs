using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Simulation;

namespace Actors.Lab.Checking;

/// <summary>Nodes stay within bounds while they work, and keep nothing when they are done.</summary>
internal sealed class LimitsChecker(World world, Cluster cluster, Findings findings, Coverage coverage)
{
    public const string Name = "limits";

    private const int RunnableMax = 2_000;
    private const int OpenFilesMax = 64;

    public void CheckWhileRunning()
    {
        coverage.Reached(Checkers.Of(Name));
        if (world.Runtime.Dispatcher.RunnableCount > RunnableMax)
            findings.Add(Name, $"{world.Runtime.Dispatcher.RunnableCount} actors want a turn at once");
        foreach (var site in cluster.Sites)
        {
            if (site.Machine.Disk.OpenFiles > OpenFilesMax)
                findings.Add(Name, $"{site.Machine.Disk.OpenFiles} files are open on {site.Name}");
        }
    }

    /// <summary>When all is settled nothing is left beside the replica's files.</summary>
    public void CheckSettled()
    {
        foreach (var client in cluster.Clients)
        {
            foreach (var (path, state) in VisibleTree.Read(client.Machine, $"{ClientSite.Root}/.actors"))
            {
                if (state.IsFile && (path.StartsWith("displaced/", StringComparison.Ordinal) || path.StartsWith("staging/", StringComparison.Ordinal)))
                    findings.Add(Name, $"{client.Name} has left {path} behind");
            }
        }
    }
}
