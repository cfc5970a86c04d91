using Actors.Client.Commands;
using Actors.Client.FileSystem;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.NodeShell;

namespace Actors.Lab.Checking;

/// <summary>No second process gets into a replica that a node runs already.</summary>
internal sealed class LockChecker(INodeStorage storage, Findings findings, Coverage coverage)
{
    public const string Name = "lock";

    /// <summary>A second process tries to open the replica as a node does, and ends. False: it did not come to the lock.</summary>
    public bool TryEnter(ClientSite site)
    {
        coverage.Reached(Checkers.Of(Name));
        var wasKeptOff = false;
        var process = site.Machine.StartProcess($"{site.Name}.second");
        process.Run(() =>
        {
            try
            {
                OpenReplica.Open(ClientSite.Root, storage.OpenFiles(site, process)).Dispose();
                findings.Add(Name, $"a second process got into the replica of {site.Name}");
            }
            catch (FailureException e) when (e.Message.Contains("another process runs this replica", StringComparison.Ordinal))
            {
                wasKeptOff = true;
                coverage.Reached(Races.SecondProcess);
            }
            catch (Exception e) when (e is FailureException or FileFaultException)
            {
                // Its disk is full: it ends before it comes to the lock.
            }
        });
        process.Kill();
        return wasKeptOff;
    }
}
