using Actors.Event;
using Actors.Runtime;
using Actors.Runtime.SystemMessages;

namespace Actors.Remote;

/// <summary>
/// <c>/system/remote-watcher</c>: watches remote actors for all local ones. It asks each watched system for a sign of
/// life, and when one stays silent declares everything there terminated and gives its incarnation up.
/// </summary>
internal sealed class RemoteWatcher : UntypedActor
{
    private readonly RemoteActorRefProvider _provider;
    private readonly WatchDetectorSettings _settings;
    private readonly Dictionary<IInternalActorRef, HashSet<IInternalActorRef>> _watchers = [];
    private readonly Dictionary<Address, WatchedNode> _nodes = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ICancelable[] _ticks;

    public RemoteWatcher(RemoteActorRefProvider provider, WatchDetectorSettings settings)
    {
        _provider = provider;
        _settings = settings;
        var scheduler = Context.System.Scheduler;
        _ticks =
        [
            scheduler.ScheduleTellRepeatedlyCancelable(settings.HeartbeatInterval, settings.HeartbeatInterval, Self, Tick.Heartbeat, Self),
            scheduler.ScheduleTellRepeatedlyCancelable(settings.ReaperInterval, settings.ReaperInterval, Self, Tick.Reap, Self),
        ];
    }

    private enum Tick
    {
        Heartbeat,
        Reap,
    }

    private TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    protected override void PostStop()
    {
        foreach (var tick in _ticks)
            tick.Cancel();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WatcherHeartbeat:
                Sender.Tell(new WatcherHeartbeatResponse(_provider.Remoting.Uid));
                break;
            case WatcherHeartbeatResponse response:
                Heard(Sender.Path.Address, response.Uid);
                break;
            case Tick.Heartbeat:
                SendHeartbeats();
                break;
            case Tick.Reap:
                ReapUnreachable();
                break;
            case FirstHeartbeatExpected expected:
                ExpectNow(expected.From);
                break;
            case WatchRemote watch:
                AddWatch(watch.Watchee, watch.Watcher);
                break;
            case UnwatchRemote unwatch:
                RemoveWatch(unwatch.Watchee, unwatch.Watcher);
                break;
            case Terminated terminated:
                Ended(terminated);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void AddWatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!_watchers.TryGetValue(watchee, out var watchers))
            _watchers.Add(watchee, watchers = []);
        watchers.Add(watcher);
        var address = watchee.Path.Address;
        if (!_nodes.TryGetValue(address, out var node))
            _nodes.Add(address, node = new WatchedNode(_settings));
        else if (node.IsUnreachable)
            node.Revive();
        node.Watchees.Add(watchee);
        Context.Watch(watchee); // sends the Watch, once for all local watchers
    }

    private void RemoveWatch(IInternalActorRef watchee, IInternalActorRef watcher)
    {
        if (!_watchers.TryGetValue(watchee, out var watchers) || !watchers.Remove(watcher) || watchers.Count > 0)
            return;
        Context.Unwatch(watchee);
        Forget(watchee);
    }

    private void Forget(IInternalActorRef watchee)
    {
        _watchers.Remove(watchee);
        var address = watchee.Path.Address;
        if (_nodes.TryGetValue(address, out var node) && node.Watchees.Remove(watchee) && node.Watchees.Count == 0 && !node.IsUnreachable)
            _nodes.Remove(address);
    }

    /// <summary>A watched actor ended. That its whole system did, its watchers hear by themselves.</summary>
    private void Ended(Terminated terminated)
    {
        var actor = (IInternalActorRef)terminated.ActorRef;
        if (terminated.AddressTerminated && _nodes.TryGetValue(actor.Path.Address, out var node) && !node.IsUnreachable)
            return; // somebody has begun to watch it again since
        foreach (var watchee in _watchers.Keys.Where(w => IsMeant(w, actor)).ToArray())
        {
            if (!terminated.AddressTerminated)
            {
                foreach (var watcher in _watchers[watchee])
                    watcher.SendSystemMessage(new DeathWatchNotification(actor, terminated.ExistenceConfirmed, addressTerminated: false));
            }
            Forget(watchee);
        }
    }

    /// <summary>A watch by a path without an incarnation means whichever is there.</summary>
    private static bool IsMeant(IInternalActorRef watchee, IInternalActorRef ended) =>
        watchee.Equals(ended) || (watchee.Path.Uid == 0 && watchee.Path.Equals(ended.Path));

    private void SendHeartbeats()
    {
        foreach (var (address, node) in _nodes)
        {
            if (node.IsUnreachable || node.Watchees.Count == 0)
                continue;
            if (!node.Detector.IsMonitoring)
                Context.System.Scheduler.ScheduleTellOnce(_settings.ExpectedResponseAfter, Self, new FirstHeartbeatExpected(address), Self);
            Context.ActorSelection(new RootActorPath(address) / Self.Path.Elements).Tell(WatcherHeartbeat.Instance);
        }
    }

    private void ExpectNow(Address address)
    {
        if (_nodes.TryGetValue(address, out var node) && !node.Detector.IsMonitoring)
            node.Detector.Heartbeat(Now);
    }

    private void Heard(Address address, long uid)
    {
        if (!_nodes.TryGetValue(address, out var node) || node.IsUnreachable)
            return;
        if (node.Uid != uid)
        {
            // The Watch may have gone to the last incarnation, or nowhere: this one answers it if the actor is not its own.
            foreach (var watchee in node.Watchees)
                watchee.SendSystemMessage(new Watch(watchee, (IInternalActorRef)Self));
        }
        node.Uid = uid;
        node.Detector.Heartbeat(Now);
    }

    private void ReapUnreachable()
    {
        foreach (var (address, node) in _nodes.ToArray())
        {
            if (node.IsUnreachable)
            {
                if (node.Watchees.Count == 0)
                    _nodes.Remove(address);
                continue;
            }
            if (node.Detector.IsAvailable(Now))
                continue;
            _log.Warning("Detected unreachable: [{0}]", address);
            node.IsUnreachable = true;
            _provider.GiveUp(address, node.Uid);
        }
    }

    private sealed record FirstHeartbeatExpected(Address From) : IDeadLetterSuppression;
}
