namespace Actors.Runtime;

/// <summary>Something that messages can be sent to.</summary>
public interface ICanTell
{
    /// <summary>Sends a message and does not wait; a null sender stands for nobody.</summary>
    void Tell(object message, IActorRef? sender);
}
