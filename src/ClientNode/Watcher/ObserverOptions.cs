namespace Actors.Client.Watcher;

/// <summary>How the disk is read.</summary>
public sealed record ObserverOptions
{
    /// <summary>A file that is open for writing is waited for so long; then what is there is taken.</summary>
    public TimeSpan WriterPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where it cannot be told who writes a file: it is left alone for so long after its last change.</summary>
    public TimeSpan SettlingTime { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The same, where an update has displaced it: what lay there is kept for so long after its last change.</summary>
    public TimeSpan DisplacedPatience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A file that changed while it was read is read again after so long.</summary>
    public TimeSpan ReadAgainAfter { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A file that is found open although its writer has just closed it is looked at again after so long, and a few times more, each after twice as long.</summary>
    public TimeSpan LookAgainAfterClose { get; init; } = TimeSpan.FromMilliseconds(1);

    /// <summary>A file that could not be read unchanged, however often it was tried, is tried again after so long.</summary>
    public TimeSpan TryBusyAgainAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes read in one go, before anything else has its turn.</summary>
    public int SliceBytes { get; init; } = 4 * 1024 * 1024;
}
