namespace Actors.Client.Planning;

/// <summary>How far what is on disk is known.</summary>
public enum LocalCondition
{
    /// <summary>Read, and the same before and after the read.</summary>
    Settled,
    /// <summary>Changed since it was read, or still being written: another observation follows.</summary>
    Unsettled,
    /// <summary>Something that is not synced (a link, a device, an unreadable or too large file): it blocks its name.</summary>
    Held,
}
