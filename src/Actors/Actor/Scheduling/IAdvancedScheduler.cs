namespace Actors.Runtime;

/// <summary>The part of the scheduler that runs actions instead of sending messages.</summary>
public interface IAdvancedScheduler : IActionScheduler;
