using Actors.Runtime.SystemMessages;

namespace Actors.Runtime;

/// <summary>Tells the actors that have to do with remote ones that an address is gone.</summary>
internal sealed class AddressTerminations
{
    private readonly Lock _lock = new();
    private readonly HashSet<IInternalActorRef> _subscribers = [];

    public void Subscribe(IInternalActorRef subscriber)
    {
        lock (_lock)
            _subscribers.Add(subscriber);
    }

    public void Unsubscribe(IInternalActorRef subscriber)
    {
        lock (_lock)
            _subscribers.Remove(subscriber);
    }

    public void Publish(Address address)
    {
        IInternalActorRef[] subscribers;
        lock (_lock)
            subscribers = [.. _subscribers];
        foreach (IInternalActorRef subscriber in subscribers)
            subscriber.SendSystemMessage(new AddressTerminated(address));
    }
}
