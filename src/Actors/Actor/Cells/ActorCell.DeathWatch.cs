using Actors.Event;
using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

internal sealed partial class ActorCell
{
    /// <summary>Whom this actor watches, with the message it asked for (null: Terminated).</summary>
    private Dictionary<IActorRef, object?>? _watching;

    /// <summary>Who watches this actor.</summary>
    private HashSet<IActorRef>? _watchedBy;

    /// <summary>Whose end is queued in the mailbox; Unwatch takes them out again.</summary>
    private Dictionary<IActorRef, object?>? _terminatedQueued;

    /// <summary>How many of the watched and the watchers are remote.</summary>
    private int _remoteRefs;

    public IActorRef Watch(IActorRef subject) => Watch(subject, null);

    public IActorRef WatchWith(IActorRef subject, object message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return Watch(subject, message);
    }

    private IActorRef Watch(IActorRef subject, object? message)
    {
        var watchee = (IInternalActorRef)subject;
        if (watchee.Equals(Self))
            return subject;
        if (FindWatched(watchee) is { } known)
        {
            if (!Equals(_watching![known], message))
                throw new InvalidOperationException($"Watch({Self}, {subject}) termination message was not overwritten from [{_watching[known]}] to [{message}]. If this was intended, unwatch first before using Watch / WatchWith with another message.");
            return subject;
        }
        watchee.SendSystemMessage(new Watch(watchee, Self));
        (_watching ??= []).Add(watchee, message);
        CountRemote(watchee, 1);
        return subject;
    }

    public IActorRef Unwatch(IActorRef subject)
    {
        var watchee = (IInternalActorRef)subject;
        if (!watchee.Equals(Self) && FindWatched(watchee) is { } known)
        {
            watchee.SendSystemMessage(new Unwatch(watchee, Self));
            _watching!.Remove(known);
            CountRemote(known, -1);
        }
        _terminatedQueued?.Remove(watchee);
        return subject;
    }

    /// <summary>A watch by a path without an incarnation covers whatever incarnation answers.</summary>
    private IActorRef? FindWatched(IActorRef subject)
    {
        if (_watching is null)
            return null;
        if (_watching.ContainsKey(subject))
            return subject;
        if (subject.Path.Uid == 0)
            return null;
        foreach (IActorRef watched in _watching.Keys)
        {
            if (watched.Path.Uid == 0 && watched.Path.Equals(subject.Path))
                return watched;
        }
        return null;
    }

    private void WatchedActorTerminated(IActorRef actor, bool existenceConfirmed, bool addressTerminated)
    {
        if (FindWatched(actor) is { } watched)
        {
            object? message = _watching![watched];
            _watching.Remove(watched);
            CountRemote(watched, -1);
            if (!IsTerminating)
            {
                // Through the mailbox, so that it comes after what the watched actor sent before its end.
                (_terminatedQueued ??= [])[actor] = message;
                Self.Tell(new Terminated(actor, existenceConfirmed, addressTerminated), actor);
            }
        }
        if (StatsOf(actor) is not null)
            HandleChildTerminated(actor);
    }

    private void ReceivedTerminated(Terminated terminated)
    {
        if (_terminatedQueued is null || !_terminatedQueued.Remove(terminated.ActorRef, out object? message))
            return;
        _currentMessage = message ?? terminated;
        ReceiveMessage(message ?? terminated);
    }

    /// <summary>A notice that goes back from the stash to the mailbox is expected again.</summary>
    internal void ExpectAgain(Terminated terminated) => (_terminatedQueued ??= [])[terminated.ActorRef] = null;

    private void AddWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        bool isWatchee = watchee.Equals(Self), isWatcher = watcher.Equals(Self);
        if (isWatchee && !isWatcher)
        {
            if (!(_watchedBy ??= []).Add(watcher))
                return;
            CountRemote(watcher, 1);
            if (System.Settings.DebugLifecycle)
                Publish(new Debug(Self.Path.ToString(), ActorType, $"now watched by {watcher}"));
        }
        else if (!isWatchee && isWatcher)
        {
            Watch(watchee);
        }
        else
        {
            Publish(new Warning(Self.Path.ToString(), ActorType, $"Illegal Watch({watchee}, {watcher}) for {Self}"));
        }
    }

    private void RemoveWatcher(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        bool isWatchee = watchee.Equals(Self), isWatcher = watcher.Equals(Self);
        if (isWatchee && !isWatcher)
        {
            if (_watchedBy?.Remove(watcher) != true)
                return;
            CountRemote(watcher, -1);
            if (System.Settings.DebugLifecycle)
                Publish(new Debug(Self.Path.ToString(), ActorType, $"no longer watched by {watcher}"));
        }
        else if (!isWatchee && isWatcher)
        {
            Unwatch(watchee);
        }
        else
        {
            Publish(new Warning(Self.Path.ToString(), ActorType, $"Illegal Unwatch({watchee}, {watcher}) for {Self}"));
        }
    }

    private void TellWatchersWeDied()
    {
        if (_watchedBy is not { Count: > 0 } watchers)
            return;
        _watchedBy = null;
        foreach (IActorRef watcher in watchers)
            CountRemote(watcher, -1);
        // Remote watchers first: the end of a local one may shut remoting down, and then theirs would not get out.
        foreach (bool isLocal in (ReadOnlySpan<bool>)[false, true])
        {
            foreach (IActorRef watcher in watchers)
            {
                // The parent is always told.
                var target = (IInternalActorRef)watcher;
                if (target.IsLocal == isLocal && !target.Equals(Parent))
                    target.SendSystemMessage(new DeathWatchNotification(Self, existenceConfirmed: true, addressTerminated: false));
            }
        }
    }

    private void UnwatchAll()
    {
        if (_watching is { Count: > 0 } watching)
        {
            foreach (IActorRef watched in watching.Keys)
            {
                ((IInternalActorRef)watched).SendSystemMessage(new Unwatch((IInternalActorRef)watched, Self));
                CountRemote(watched, -1);
            }
        }
        _watching = null;
        _terminatedQueued = null;
    }

    /// <summary>A whole remote system is gone: its watchers are forgotten, its watched actors have terminated.</summary>
    private void HandleAddressTerminated(Address address)
    {
        foreach (IActorRef watcher in _watchedBy?.Where(watcher => watcher.Path.Address == address).ToArray() ?? [])
        {
            _watchedBy!.Remove(watcher);
            CountRemote(watcher, -1);
        }
        foreach (IActorRef watched in _watching?.Keys.Where(watched => watched.Path.Address == address).ToArray() ?? [])
            WatchedActorTerminated(watched, existenceConfirmed: true, addressTerminated: true);
    }

    /// <summary>Only actors that have to do with remote ones hear of addresses that are gone.</summary>
    private void CountRemote(IActorRef actor, int change)
    {
        if (actor is not IActorRefScope { IsLocal: false })
            return;
        bool had = _remoteRefs > 0;
        _remoteRefs += change;
        if (!had)
            System.AddressTerminations.Subscribe(Self);
        else if (_remoteRefs == 0)
            System.AddressTerminations.Unsubscribe(Self);
    }
}
