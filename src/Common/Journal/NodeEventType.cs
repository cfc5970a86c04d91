namespace Actors.Common;

/// <summary>The four kinds of events of a history: an operation begins, succeeds, fails; or it is only said.</summary>
public enum NodeEventType
{
    Invoke,
    Ok,
    Fail,
    Info,
}
