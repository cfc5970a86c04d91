namespace Actors.Runtime;

/// <summary>Decides what to do about a failure.</summary>
public interface IDecider
{
    /// <summary>What to do about an exception of a child.</summary>
    Directive Decide(Exception cause);
}
