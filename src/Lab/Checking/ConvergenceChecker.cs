using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.World.Disks;

namespace Actors.Lab.Checking;

/// <summary>When nothing fails any more, all replicas become the same as the server's tree, and every node says so.</summary>
internal sealed class ConvergenceChecker(Cluster cluster, Coverage coverage)
{
    public const string Name = "convergence";

    private string _why = "it was not looked at";

    /// <summary>Why it is not so yet.</summary>
    public string Why => _why;

    /// <summary>Whether replicas and server have the same files and directories now.</summary>
    public bool TreesAreEqual()
    {
        coverage.Reached(Checkers.Of(Name));
        if (cluster.Sites.FirstOrDefault(site => !site.IsUp) is { } down)
            return No($"{down.Name} is down");
        if (cluster.Server.ReadTree() is not { } tree)
            return No("the server's tree cannot be read");
        foreach (var client in cluster.Clients)
        {
            if (VisibleTree.Difference(tree, VisibleTree.Read(client.Machine, ClientSite.Root)) is { } difference)
                return No($"the server and {client.Name} differ at {difference}");
        }
        return true;
    }

    /// <summary>Whether a node says that it is done.</summary>
    public bool IsSettled(ClientSite client, Client.Cache.CacheActor.StatusAnswer? answer)
    {
        if (answer is null)
            return No($"{client.Name} does not answer");
        var report = answer.Report;
        if (answer.StoppedBecause is { } reason)
            return No($"{client.Name} has stopped: {reason}");
        if (report.PushesOpen > 0 || report.Behind.Count > 0)
            return No($"{client.Name} has {report.PushesOpen} pushes open and is behind at {string.Join(", ", report.Behind)}");
        if (report.Unsent.Count > 0)
            return No($"{client.Name} has not sent {report.Unsent[0]}");
        // Whatever kept a path is mended by now, but for links that users have made and moved.
        var held = report.Held.Where(path => DiskEye.Find(client.Machine, $"{ClientSite.Root}/{path.Key}") is not { Kind: InodeKind.SymbolicLink }).ToList();
        if (held.Count > 0)
            return No($"{client.Name} holds {string.Join(", ", held.Select(path => $"{path.Key} ({path.Value})"))}");
        return report.Cursor >= report.Head || No($"{client.Name} is at {report.Cursor} of {report.Head}");
    }

    /// <summary>What is on a client's disk is at the server, or on its way there, which may take long.</summary>
    public bool HasSeenAll(ClientSite client, Client.Cache.CacheActor.StatusAnswer? answer)
    {
        if (answer is null)
            return No($"{client.Name} does not answer");
        var report = answer.Report;
        if (report.PushesOpen > 0 || report.UnsentCount > 0 || report.BehindCount > 0 || report.Cursor < report.Head)
            return true;
        return cluster.Server.ReadTree() is { } tree && VisibleTree.Difference(tree, VisibleTree.Read(client.Machine, ClientSite.Root)) is { } difference
            ? No($"{client.Name} has not seen {difference}")
            : true;
    }

    private bool No(string why)
    {
        _why = why;
        return false;
    }
}
