using Actors.Runtime;

namespace Actors.Event;

/// <summary>Subscriptions with the type as a type argument.</summary>
public static class EventStreamExtensions
{
    /// <summary>Subscribes an actor to events of a type; false if it already is.</summary>
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Subscribe(subscriber, typeof(TChannel));

    /// <summary>Ends a subscription; false if there is none.</summary>
    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
