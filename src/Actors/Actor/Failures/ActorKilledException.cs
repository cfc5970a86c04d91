namespace Actors.Runtime;

/// <summary>The actor was told to <see cref="Kill"/> itself.</summary>
public class ActorKilledException : AkkaException
{
    /// <summary>Creates the exception.</summary>
    public ActorKilledException() { }

    /// <summary>Creates the exception.</summary>
    public ActorKilledException(string message) : base(message) { }
}
