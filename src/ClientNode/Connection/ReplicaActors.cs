using Actors.Client.Cache;
using Actors.Client.Content;
using Actors.Client.FileSystem;
using Actors.Client.Storage;
using Actors.Client.Watcher;
using Actors.NodeShell;

namespace Actors.Client.Connection;

/// <summary>One life of the replica's three actors. They start, fail and end together, because each relies on what the others know.</summary>
internal sealed class ReplicaActors
{
    private readonly List<IActorRef> _living;

    public ReplicaActors(IActorContext context, ReplicaHome home, string dispatcher)
    {
        // Props compiles code for each argument that is more than a variable.
        var (files, reserve, traits, observer) = (home.Files, home.DiskReserveBytes, home.Traits, home.Observer);
        var transfer = Start(Props.Create(() => new TransferActor(files, reserve)), "transfer");
        var watcher = Start(Props.Create(() => new WatcherActor(files, traits, observer)), "watcher");
        var cache = Start(Props.Create(() => new CacheActor(home, watcher, transfer)), "cache");
        (Cache, Watcher, Transfer) = (cache, watcher, transfer);
        _living = [transfer, watcher, cache];

        IActorRef Start(Props props, string name) =>
            context.Watch(context.ActorOf(props.WithDispatcher(dispatcher).WithMailbox(OutsideMailbox.Path), name));
    }

    public IActorRef Cache { get; }
    public IActorRef Watcher { get; }
    public IActorRef Transfer { get; }

    /// <summary>What the first of them that failed has failed of, without what was wrapped around it.</summary>
    public Exception? Failure { get; private set; }

    public bool HasEnded => _living.Count == 0;

    public Directive NoteFailure(Exception failure, ILoggingAdapter log)
    {
        // What an actor's constructor throws comes wrapped.
        var cause = failure is ActorInitializationException { InnerException: { } inner } ? inner : failure;
        if (!RestartPolicy.IsFaultOfTheDisk(cause))
            log.Error(cause, "An actor of the replica has failed: {0}", cause.Message);
        Failure ??= RestartPolicy.Root(cause);
        return Directive.Stop;
    }

    /// <summary>True where the last of them has ended.</summary>
    public bool NoteEnd(IActorRef child) => _living.Remove(child) && HasEnded;

    public void Stop(IActorContext context)
    {
        foreach (var child in _living)
            context.Stop(child);
    }
}

/// <summary>
/// Whether, and after what pause, the replica's actors start again when a failure has ended them. A disk that fails may be
/// repaired at any time: it is tried again without end. A bug that strikes again and again, or a state that cannot be read,
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
                journal.Narrate($"Stopped: {failure!.Message}; trying again until that is fixed");
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
        journal.Narrate("Going on");
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
