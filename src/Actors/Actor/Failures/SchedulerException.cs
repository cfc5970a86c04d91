namespace Actors.Runtime;

/// <summary>The scheduler cannot do this.</summary>
public class SchedulerException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public SchedulerException(string message) : base(message) { }
}
