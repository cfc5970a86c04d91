namespace Actors.Runtime;

/// <summary>The name is not allowed, or is taken by a sibling.</summary>
public class InvalidActorNameException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public InvalidActorNameException(string message, Exception? innerException = null) : base(message, innerException) { }
}
