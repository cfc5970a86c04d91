namespace Actors.Runtime;

/// <summary>The clock of an actor system, and messages at a later time.</summary>
public interface IScheduler : ITellScheduler, ITimeProvider
{
    /// <summary>Actions at a later time. They run outside of any actor: prefer messages.</summary>
    IAdvancedScheduler Advanced { get; }
}
