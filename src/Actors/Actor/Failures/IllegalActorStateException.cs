namespace Actors.Runtime;

/// <summary>The actor is not in a state to do this.</summary>
public class IllegalActorStateException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public IllegalActorStateException(string message) : base(message) { }
}
