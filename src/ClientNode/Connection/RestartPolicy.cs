using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Common;

namespace Actors.Client.Connection;

/// <summary>
/// Whether, and after what pause, the replica's actors start again when a failure has ended them. A disk that fails may be
/// mended at any time: it is tried again without end. A bug that strikes again and again, or a state that cannot be read,
/// ends the node.
/// </summary>
internal sealed class RestartPolicy(INodeJournal journal, Backoff pauses)
{
    private const int FailuresMax = 5;

    private int _failures;

    /// <summary>The fault of the disk that stands in the way, for people; null: none.</summary>
    public string? StoppedBecause { get; private set; }

    /// <summary>Null: for good.</summary>
    public TimeSpan? PauseAfter(Exception? failure)
    {
        if (IsFaultOfTheDisk(failure))
        {
            if (StoppedBecause is null)
                journal.Story($"Stopped: {failure!.Message}; trying again until that is mended");
            StoppedBecause = failure!.Message;
        }
        else if (failure is ReplicaStoreException || ++_failures >= FailuresMax)
        {
            return null;
        }
        return pauses.Next();
    }

    public void NoteHealthy()
    {
        _failures = 0;
        pauses.Reset();
        if (StoppedBecause is null)
            return;
        StoppedBecause = null;
        journal.Story("Going on");
    }

    public static bool IsFaultOfTheDisk(Exception? e) => Root(e) is FileFaultException or ReplicaStoreException { IsDiskFull: true };

    /// <summary>The cause that says what to do: a fault of the disk or of the stored state, else the innermost.</summary>
    public static Exception? Root(Exception? e)
    {
        while (e?.InnerException is { } inner && e is not (FileFaultException or ReplicaStoreException))
            e = inner;
        return e;
    }

    public static FailureException FailedForGood(Exception? failure) => new(
        $"the replica cannot go on: {failure?.Message ?? "its actors ended"}", "the replica's .actors directory", "see the error that was logged before", failure);
}
