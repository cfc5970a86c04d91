using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Lab.Nodes;
using Actors.Lab.Observing;
using Actors.Lab.World.Disks;
using Actors.Server.Storage;

namespace Actors.Lab.Checking;

/// <summary>No actor fails but where its disk does.</summary>
internal sealed class ErrorsChecker(AvailabilityChecker availability, Findings findings, Coverage coverage)
{
    public const string Name = "errors";

    public void Check(Site site, LogEvent logEvent)
    {
        coverage.Reached(Checkers.Of(Name));
        if (logEvent.LogLevel() < LogLevel.ErrorLevel || IsOfDisk(logEvent.Cause) && availability.IsExcused(site))
            return;
        // The process ended in the middle of a call; no user hears what it still says.
        if (Has<ProcessKilledException>(logEvent.Cause))
            return;
        // To remoting, the end of a connection is an error.
        if (logEvent.LogSource.StartsWith("remoting", StringComparison.Ordinal) || logEvent.LogSource.Contains("/system/", StringComparison.Ordinal))
            return;
        findings.Add(Name, $"{site.Name} logs: {logEvent.LogSource}: {logEvent.Message} {logEvent.Cause}");
    }

    private static bool IsOfDisk(Exception? cause) =>
        Has<FileFaultException>(cause) || Has<ReplicaStoreException>(cause) || Has<StoreUnavailableException>(cause) || Has<DiskException>(cause);

    private static bool Has<T>(Exception? cause)
        where T : Exception
    {
        for (var e = cause; e is not null; e = e.InnerException)
        {
            if (e is T)
                return true;
        }
        return false;
    }
}
