namespace Actors.Event;

/// <summary>Marks messages that are no news when they become dead letters.</summary>
public interface IDeadLetterSuppression;
