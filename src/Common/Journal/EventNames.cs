namespace Actors.Common;

/// <summary>The words of the history's field "event".</summary>
public static class EventNames
{
    public const string Push = "push";
    public const string Commit = "commit";
    public const string Invalidate = "invalidate";
    public const string Invalidated = "invalidated";
    public const string Pull = "pull";

    /// <summary>A push passed a change that was completed earlier and is not ready: "path".</summary>
    public const string Overtook = "overtook";

    public const string Apply = "apply";
    public const string Conflict = "conflict";
    public const string Join = "join";
    public const string Leave = "leave";
    public const string Read = "read";

    /// <summary>The history has a hole here: "bytes" tells how many events were dropped.</summary>
    public const string Gap = "gap";
}
