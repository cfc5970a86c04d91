using System.Text.Json;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.World;

namespace Actors.Lab.Checking;

/// <summary>Nodes stay within bounds while they work, and keep nothing when they are done.</summary>
internal sealed class LimitsChecker(SimulatedWorld world, Cluster cluster, Findings findings, Coverage coverage)
{
    public const string Name = "limits";

    private const int RunnableMax = 2_000;
    private const int OpenFilesMax = 64;
    private const int MailboxMax = 1_000;

    public void CheckWhileRunning()
    {
        coverage.Reached(Checkers.Of(Name));
        if (world.Runtime.Queue.RunnableCount > RunnableMax)
            findings.Add(Name, $"{world.Runtime.Queue.RunnableCount} actors want a turn at once");
        if (world.LongestMailbox > MailboxMax)
            findings.Add(Name, $"{world.LongestMailbox} messages have waited for one actor");
        foreach (var site in cluster.Sites)
        {
            if (site.Machine.Disk.OpenFiles > OpenFilesMax)
                findings.Add(Name, $"{site.Machine.Disk.OpenFiles} files are open on {site.Name}");
        }
    }

    /// <summary>
    /// Whether something lies beside a replica's files: a node looks once a second whether the writer of a file that an update
    /// has displaced has closed it, and removes what was fetched in vain when it first hears that it has everything.
    /// </summary>
    public bool AnyIsLeft() => cluster.Clients.Any(client => Beside(client).Any());

    /// <summary>When all is settled nothing is left beside the replica's files.</summary>
    public void CheckSettled()
    {
        foreach (var client in cluster.Clients)
        {
            foreach (var path in Beside(client))
                findings.Add(Name, $"{client.Name} has left {path} behind");
        }
    }

    /// <summary>When all is settled no push waits at the server, and nothing counts as if one did.</summary>
    /// <param name="status">What it says of itself; null: it does not answer.</param>
    public void CheckServer(string? status)
    {
        if (status is null)
        {
            findings.Add(Name, "the server does not say how it stands");
            return;
        }
        using var json = JsonDocument.Parse(status);
        var bytes = json.RootElement.GetProperty("push_bytes_waiting").GetInt64();
        var open = json.RootElement.GetProperty("clients").EnumerateArray().Sum(client => client.GetProperty("pushes_open").GetInt32());
        if (bytes != 0 || open != 0)
            findings.Add(Name, $"no client has pushes open, and at the server {open} wait with {bytes} bytes");
    }

    /// <summary>Without the files that a process still has open for writing: they are kept until it closes them.</summary>
    private static IEnumerable<string> Beside(ClientSite client) =>
        from item in VisibleTree.Read(client.Machine, $"{ClientSite.Root}/.actors")
        where item.Value.IsFile
        where item.Key.StartsWith("displaced/", StringComparison.Ordinal) || item.Key.StartsWith("staging/", StringComparison.Ordinal)
        where DiskEye.Find(client.Machine, $"{ClientSite.Root}/.actors/{item.Key}") is not { OpenForWriting: > 0 }
        select item.Key;
}
