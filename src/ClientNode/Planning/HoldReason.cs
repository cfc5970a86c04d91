namespace Actors.Client.Planning;

/// <summary>Why nothing can be decided about a path now.</summary>
public enum HoldReason
{
    /// <summary>The outcome of a push that names it is not known.</summary>
    InFlight,
    /// <summary>The disk has to be read again first.</summary>
    Unsettled,
    /// <summary>Something that is not synced has its name, or that of a directory above it.</summary>
    Held,
    /// <summary>The registry's tree is only partly here: a page is still missing.</summary>
    RemoteIncomplete,
    /// <summary>Its directory has to be there first, and is itself on hold.</summary>
    WaitsForParent,
    /// <summary>It is a directory that would go, and something in it is on hold.</summary>
    WaitsForDescendant,
}
