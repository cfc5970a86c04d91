namespace Actors.Runtime;

/// <summary>The constructor or PostRestart threw while the actor was being restarted.</summary>
public class PostRestartException : ActorInitializationException
{
    /// <summary>Creates the exception.</summary>
    public PostRestartException(IActorRef actor, Exception cause, Exception originalCause)
        : base(actor, $"Exception post restart ({originalCause.GetType()})", cause) => OriginalCause = originalCause;

    /// <summary>Why the actor was being restarted.</summary>
    public Exception OriginalCause { get; }
}
