using Actors.Runtime;

namespace Actors.Testing;

/// <summary>
/// Sees what a system publishes, on the publisher's thread and before the publisher goes on: nothing that was
/// published before a look at its findings can still be on the way.
/// </summary>
internal sealed class EventTap : MinimalActorRef
{
    private readonly Lock _lock = new();
    private readonly Action<object> _see;
    private readonly ActorSystem _system;

    private EventTap(ActorSystem system, ActorPath path, IActorRefProvider provider, Action<object> see)
    {
        _system = system;
        _see = see;
        Path = path;
        Provider = provider;
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    public static EventTap Subscribe(ActorSystem system, Action<object> see, params Type[] channels)
    {
        var provider = ((ExtendedActorSystem)system).Provider;
        ActorPath path = provider.RootPath / "system" / $"eventTap{TestKitExtension.For(system).NextNumber()}";
        var tap = new EventTap(system, path, provider, see);
        foreach (Type channel in channels)
            system.EventStream.Subscribe(tap, channel);
        return tap;
    }

    public void Unsubscribe() => _system.EventStream.Unsubscribe(this);

    protected override void TellInternal(object message, IActorRef sender)
    {
        lock (_lock)
            _see(message);
    }
}
