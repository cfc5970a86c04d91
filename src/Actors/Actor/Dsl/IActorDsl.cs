namespace Actors.Runtime.Dsl;

/// <summary>Describes an actor from the inside, handler by handler, without a class of its own.</summary>
public interface IActorDsl
{
    /// <summary>Called on the new instance after a restart, instead of <see cref="DefaultPostRestart"/>.</summary>
    Action<Exception, IActorContext>? OnPostRestart { get; set; }

    /// <summary>Called on the failed instance before a restart, instead of <see cref="DefaultPreRestart"/>.</summary>
    Action<Exception, object, IActorContext>? OnPreRestart { get; set; }

    /// <summary>Called when the actor has stopped.</summary>
    Action<IActorContext>? OnPostStop { get; set; }

    /// <summary>Called before the first message.</summary>
    Action<IActorContext>? OnPreStart { get; set; }

    /// <summary>What happens to children that fail; null for the default.</summary>
    SupervisorStrategy? Strategy { get; set; }

    /// <summary>Handles messages of a type.</summary>
    void Receive<T>(Action<T, IActorContext> handler);

    /// <summary>Handles messages of a type, if the predicate holds.</summary>
    void Receive<T>(Predicate<T> shouldHandle, Action<T, IActorContext> handler);

    /// <summary>Handles messages of a type, if the predicate holds.</summary>
    void Receive<T>(Action<T, IActorContext> handler, Predicate<T> shouldHandle);

    /// <summary>Handles everything; no handler can follow.</summary>
    void ReceiveAny(Action<object, IActorContext> handler);

    /// <summary>Handles messages of a type asynchronously; no other message is taken before the task has ended.</summary>
    void ReceiveAsync<T>(Func<T, IActorContext, Task> handler, Predicate<T>? shouldHandle = null);

    /// <summary>Handles messages of a type asynchronously; no other message is taken before the task has ended.</summary>
    void ReceiveAsync<T>(Predicate<T> shouldHandle, Func<T, IActorContext, Task> handler);

    /// <summary>Handles everything asynchronously; no handler can follow.</summary>
    void ReceiveAnyAsync(Func<object, IActorContext, Task> handler);

    /// <summary>Stops the children and runs <see cref="OnPostStop"/>.</summary>
    void DefaultPreRestart(Exception reason, object message);

    /// <summary>Runs <see cref="OnPreStart"/>.</summary>
    void DefaultPostRestart(Exception reason);

    /// <summary>What every actor does before its first message: nothing.</summary>
    void DefaultPreStart();

    /// <summary>What every actor does when it has stopped: nothing.</summary>
    void DefaultPostStop();

    /// <summary>Replaces the behaviour in force.</summary>
    void Become(Action<object, IActorContext> handler);

    /// <summary>Puts a behaviour on top of the one in force.</summary>
    void BecomeStacked(Action<object, IActorContext> handler);

    /// <summary>Returns to the behaviour below.</summary>
    void UnbecomeStacked();

    /// <summary>Makes a child that is described in the same way.</summary>
    IActorRef ActorOf(Action<IActorDsl> config, string? name = null);
}
