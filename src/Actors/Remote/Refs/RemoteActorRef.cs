using System.Text;
using Actors.Runtime;
using Actors.Runtime.SystemMessages;

namespace Actors.Remote;

/// <summary>The ref of an actor in another system.</summary>
internal sealed class RemoteActorRef : InternalActorRefBase
{
    private readonly Remoting _remoting;
    private Association? _association;
    private byte[]? _pathBytes;

    public RemoteActorRef(Remoting remoting, ActorPath path, byte[]? pathBytes = null)
    {
        _remoting = remoting;
        Path = path;
        _pathBytes = pathBytes;
        IsBulk = remoting.Settings.BulkRecipients.Matches(path);
    }

    public override ActorPath Path { get; }

    public override bool IsLocal => false;

    public override bool IsTerminated => false;

    public override IActorRefProvider Provider => _remoting.Provider;

    public override IInternalActorRef Parent => Path.Parent is { } parent ? new RemoteActorRef(_remoting, parent) : ActorRefs.Nobody;

    /// <summary>Which lane messages to this actor take.</summary>
    public bool IsBulk { get; }

    /// <summary>The path as it goes on the wire.</summary>
    public byte[] PathBytes => _pathBytes ??= Encoding.UTF8.GetBytes(Path.ToSerializationFormat());

    public override IActorRef GetChild(IReadOnlyList<string> name)
    {
        var path = Path;
        foreach (var element in name)
        {
            if (element == "..")
                path = path.Parent ?? path;
            else if (element != "")
                path /= element;
        }
        return ReferenceEquals(path, Path) ? this : new RemoteActorRef(_remoting, path);
    }

    /// <summary>Sends what a peer may be told. Watches of others are the remote watcher's business.</summary>
    public override void SendSystemMessage(ISystemMessage message)
    {
        switch (message)
        {
            case Watch watch when IsIntercepted(watch.Watchee, watch.Watcher):
                _remoting.Provider.RemoteWatcher.Tell(new WatchRemote(watch.Watchee, watch.Watcher), ActorRefs.NoSender);
                break;
            case Unwatch unwatch when IsIntercepted(unwatch.Watchee, unwatch.Watcher):
                _remoting.Provider.RemoteWatcher.Tell(new UnwatchRemote(unwatch.Watchee, unwatch.Watcher), ActorRefs.NoSender);
                break;
            case Watch or Unwatch or DeathWatchNotification or Terminate:
                if (Find() is { } association && _remoting.Codec.TryMeasure(message, out var payload))
                    association.SendSystem(new OutboundEnvelope(this, message, null, payload));
                break;
        }
    }

    public override void Start() { }

    public override void Stop() => SendSystemMessage(new Terminate());

    public override void Suspend() { }

    public override void Resume(Exception? causedByFailure = null) { }

    public override void Restart(Exception cause) { }

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (!_remoting.Codec.TryMeasure(message, out var payload))
        {
            _remoting.Rejections.Count(Rejection.NotSerializable, $"A {message.GetType()} for {this} cannot be sent: only protobuf messages, string, int, long, byte[] and the runtime's own messages travel");
            _remoting.DeadLetter(new OutboundEnvelope(this, message, sender, default));
            return;
        }
        var envelope = new OutboundEnvelope(this, message, sender, payload);
        if (Find() is { } association)
            association.Send(in envelope);
        else
            _remoting.DeadLetter(in envelope);
    }

    private Association? Find()
    {
        if (_association is { IsRetired: false } known)
            return known;
        return _association = _remoting.AssociationWith(Path.Address);
    }

    private bool IsIntercepted(IInternalActorRef watchee, IInternalActorRef watcher) =>
        watchee.Equals(this) && !watcher.Equals(_remoting.Provider.RemoteWatcher);
}
