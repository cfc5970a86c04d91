namespace Actors.Runtime;

/// <summary>A logger could not be started.</summary>
public class LoggerInitializationException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public LoggerInitializationException() { }

    /// <summary>Creates the exception.</summary>
    public LoggerInitializationException(string message, Exception? cause = null) : base(message, cause) { }
}
