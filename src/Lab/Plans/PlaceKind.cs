namespace Actors.Lab.Plans;

/// <summary>What a client's file system can do.</summary>
internal enum PlaceKind
{
    Whole,
    /// <summary>It cannot exchange two names in one step.</summary>
    WithoutExchange,
    /// <summary>Its notices of changes never say that a file was closed: as FileSystemWatcher's.</summary>
    PlainNotices,
    /// <summary>Its user is not its node's: of the files that the user makes, nothing tells the node who writes them.</summary>
    OtherUser,
    /// <summary>It is an overlay: directories of its lower layer, which were there at first, cannot be renamed.</summary>
    Overlay,
}
