using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Messages.Tree;

namespace Actors.Client.Cache;

/// <summary>What was seen at a path on disk.</summary>
public abstract record Observation(RelativePath Path)
{
    /// <summary>
    /// Something happened to the path, before what is told next was seen. <paramref name="IsCompleted"/>: content or name may
    /// be new, and no process is known to go on writing. <paramref name="IsBeingWritten"/>: one may go on. Neither: its attributes changed.
    /// </summary>
    public sealed record Noticed(RelativePath Path, bool IsCompleted, bool IsBeingWritten) : Observation(Path);

    /// <summary>Notices were lost: what is seen from now on may have happened in any order.</summary>
    public sealed record OrderLost() : Observation(RelativePath.Root);

    public sealed record Absent(RelativePath Path) : Observation(Path);

    public sealed record Folder(RelativePath Path, FileStat Stat) : Observation(Path);

    /// <summary>A file whose content was read while it did not change.</summary>
    public sealed record Content(RelativePath Path, SeenFile File, bool IsStillOpen) : Observation(Path)
    {
        /// <summary>The file had grown already when it was read to the end: this is what it was before.</summary>
        public bool IsBeginning { get; init; }

        /// <summary>It is another user's: nothing tells whether it is open for writing.</summary>
        public bool AreWritersUnknown { get; init; }

        /// <summary>Whether this is still on disk, where the file looks like that now.</summary>
        public bool Holds(FileStat stat) =>
            stat.Signature == File.Signature
            || (IsBeginning && stat.Inode == File.Signature.Inode && stat.Size >= File.Signature.Size);
    }

    /// <summary>It is being written: it is read later.</summary>
    public sealed record Busy(RelativePath Path) : Observation(Path);

    /// <summary>Something that cannot be synced, and why. Below a directory nothing is known to have changed.</summary>
    public sealed record Unfit(RelativePath Path, string Reason, bool IsDirectory = false) : Observation(Path)
    {
        /// <summary>It is of a kind that is never synced: nothing waits for it.</summary>
        public bool IsForeign { get; init; }
    }

    /// <summary>Everything in a directory (the root too), as it was listed; what is not named is not there.</summary>
    public sealed record Listing(RelativePath Path, IReadOnlyList<ListedItem> Items) : Observation(Path);
}

/// <summary>A path in a listed directory; <paramref name="IsLookedAtApart"/>: it is a directory that may be none of the replica's, and another observation says so.</summary>
public readonly record struct ListedItem(RelativePath Path, FileStat Stat, bool IsLookedAtApart);
