using Actors.Messages.Tree;

namespace Actors.Client.FileSystem;

/// <summary>
/// Looks whether a path is gone. What lies below a link, a mounted file system or a directory that may not be read is hidden,
/// and not known to be gone.
/// </summary>
/// <param name="files">The replica.</param>
/// <param name="device">Of its root.</param>
public sealed class AbsenceLook(IFileSystem files, ulong device)
{
    /// <summary>Nothing is there, and nothing hides it.</summary>
    public bool IsGone(RelativePath path) => IsSure(() => files.Stat(path) is null && HiddenBy(path) is null);

    /// <summary>Nothing is there; it may be hidden.</summary>
    public bool IsMissing(RelativePath path) => IsSure(() => files.Stat(path) is null);

    /// <summary>What stands in the place of a directory above a path at which nothing is: the highest. Null: nothing does.</summary>
    public RelativePath? HiddenBy(RelativePath path)
    {
        RelativePath? hidden = null;
        foreach (var above in path.Ancestors)
        {
            if (!above.IsRoot && files.Stat(above) is { IsRegular: false } stat && (!stat.IsDirectory || IsMounted(stat)))
                hidden = above;
        }
        return hidden;
    }

    /// <summary>Another file system, or another directory of this one, is mounted over the directory.</summary>
    public bool IsMounted(FileStat directory) => directory.Device != device || directory.IsMountPoint;

    private static bool IsSure(Func<bool> isGone)
    {
        try
        {
            return isGone();
        }
        catch (FileFaultException e) when (!e.StopsTheNode)
        {
            return false;
        }
    }
}
