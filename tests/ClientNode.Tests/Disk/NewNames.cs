namespace Actors.Client.Tests.Disk;

/// <summary>How a file system gives new content a name that is taken.</summary>
public enum NewNames
{
    ByExchange,
    /// <summary>What was there gets another name in the same step.</summary>
    ByReplacing,
    /// <summary>What was there is moved away first.</summary>
    ByRenaming,
}
