namespace Actors.Client.FileSystem;

public enum WatchOutcome
{
    Watched,
    /// <summary>There is no such directory any more.</summary>
    Gone,
    /// <summary>The system allows no more watches: changes below are found by scanning only.</summary>
    OutOfWatches,
}
