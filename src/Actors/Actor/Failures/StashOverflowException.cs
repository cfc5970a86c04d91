namespace Actors.Runtime;

/// <summary>The stash of the actor is full.</summary>
public class StashOverflowException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public StashOverflowException(string message, Exception? cause = null) : base(message, cause) { }
}
