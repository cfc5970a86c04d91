namespace Actors.Runtime;

/// <summary>An actor that wants timers; the runtime sets the property after the constructor.</summary>
public interface IWithTimers
{
    /// <summary>The timers of the actor.</summary>
    ITimerScheduler Timers { get; set; }
}
