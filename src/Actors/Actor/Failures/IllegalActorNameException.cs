namespace Actors.Runtime;

/// <summary>The name is not allowed for an actor.</summary>
public class IllegalActorNameException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public IllegalActorNameException(string message) : base(message) { }
}
