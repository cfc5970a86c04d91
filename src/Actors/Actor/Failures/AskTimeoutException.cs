namespace Actors.Runtime;

/// <summary>No answer came within the time-out of an Ask.</summary>
public class AskTimeoutException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public AskTimeoutException(string message) : base(message) { }
}
