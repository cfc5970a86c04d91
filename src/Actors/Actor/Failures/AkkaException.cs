namespace Actors.Runtime;

/// <summary>Root of what the runtime itself throws.</summary>
public abstract class AkkaException : Exception
{
    /// <summary>Creates the exception.</summary>
    protected AkkaException() { }

    /// <summary>Creates the exception.</summary>
    protected AkkaException(string message, Exception? cause = null) : base(message, cause) { }

    /// <summary>What caused it, or null.</summary>
    protected Exception Cause => InnerException!;
}
