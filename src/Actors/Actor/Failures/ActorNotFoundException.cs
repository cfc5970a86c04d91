namespace Actors.Runtime;

/// <summary>There is no actor at the path, or it did not answer in time.</summary>
public class ActorNotFoundException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public ActorNotFoundException() { }

    /// <summary>Creates the exception.</summary>
    public ActorNotFoundException(string message, Exception? innerException = null) : base(message, innerException) { }
}
