namespace Actors.Runtime;

/// <summary>Receives messages like an actor, for code that is none.</summary>
public interface IInboxable : ICanWatch
{
    /// <summary>The actor that receives; pass it where others shall send to.</summary>
    IActorRef Receiver { get; }

    /// <summary>Waits for the next message, as long as <c>akka.actor.inbox.default-timeout</c> says.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    object Receive();

    /// <summary>Waits for the next message.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    object Receive(TimeSpan timeout);

    /// <summary>The next message; a <see cref="Status.Failure"/> with a <see cref="TimeoutException"/> if none comes in time.</summary>
    Task<object> ReceiveAsync();

    /// <inheritdoc cref="ReceiveAsync()"/>
    Task<object> ReceiveAsync(TimeSpan timeout);

    /// <summary>Waits for the next message that fits; those before it stay.</summary>
    /// <exception cref="TimeoutException">None came in time.</exception>
    object ReceiveWhere(Predicate<object> predicate);

    /// <inheritdoc cref="ReceiveWhere(Predicate{object})"/>
    object ReceiveWhere(Predicate<object> predicate, TimeSpan timeout);

    /// <summary>Sends a message whose answers come back here.</summary>
    void Send(IActorRef target, object message);
}
