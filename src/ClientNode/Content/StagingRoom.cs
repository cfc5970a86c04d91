using Actors.Client.FileSystem;

namespace Actors.Client.Content;

/// <summary>On a full disk a replica's state cannot even be opened; what a fetch has left there can be fetched again.</summary>
internal static class StagingRoom
{
    /// <summary>Removes what was fetched, where less than the reserve is free. Before the first fetch.</summary>
    public static void Make(IFileSystem files, long reserveBytes)
    {
        if (new DiskRoom(files, reserveBytes).FreeBytes() >= 0)
            return;
        foreach (var item in files.List(ReplicaLayout.Staging) ?? [])
        {
            if (ReplicaLayout.IsPart(item.Name.Span))
                _ = files.Delete(ReplicaLayout.Staging.Child(item.Name.Span));
        }
    }
}
