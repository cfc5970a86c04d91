namespace Actors.Runtime;

/// <summary>The message cannot be sent, for instance because it is null.</summary>
public class InvalidMessageException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public InvalidMessageException() { }

    /// <summary>Creates the exception.</summary>
    public InvalidMessageException(string message) : base(message) { }
}
