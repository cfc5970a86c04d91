namespace Actors.Client.Connection;

public sealed partial class ConnectionActor
{
    /// <summary>Ends the node in order: what is known is stored, the server is told. Answered by <see cref="ReplicaStopped"/>.</summary>
    public sealed record StopReplica
    {
        public static StopReplica Instance { get; } = new();
    }

    public sealed record ReplicaStopped
    {
        public static ReplicaStopped Instance { get; } = new();
    }

    /// <summary>Answered by <see cref="ConnectionAnswer"/>.</summary>
    public sealed record AskConnection
    {
        public static AskConnection Instance { get; } = new();
    }

    public sealed record ConnectionAnswer(bool IsConnected, uint? Number, string? Name, string? Failure, string? Trouble = null);

    /// <summary>There are lines of this node's story to be taken and sent.</summary>
    public sealed record StoryWaits(StoryRelay Story);

    private sealed record ReportNow
    {
        public static ReportNow Instance { get; } = new();
    }

    private sealed record TryJoin
    {
        public static TryJoin Instance { get; } = new();
    }

    private sealed record SessionLasts
    {
        public static SessionLasts Instance { get; } = new();
    }

    private sealed record StayedHealthy
    {
        public static StayedHealthy Instance { get; } = new();
    }

    private sealed record Restart
    {
        public static Restart Instance { get; } = new();
    }
}
