namespace Actors.Client.Cache;

/// <summary>Settings of a <see cref="Replica"/>.</summary>
public sealed record ReplicaOptions
{
    public required string Share { get; init; }

    /// <summary>No further deletion for so long, and the ones seen are believed.</summary>
    public TimeSpan DeletionQuiet { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Deletions that go on are believed after so long.</summary>
    public TimeSpan DeletionLongest { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A name that is new is proposed if it is there for so long.</summary>
    public TimeSpan NewNameQuiet { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>What is held is looked at again after so long; doubled each time up to <see cref="HeldRetryMax"/>.</summary>
    public TimeSpan HeldRetry { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan HeldRetryMax { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>A change that is not ready delays those that were completed after it by so long at most.</summary>
    public TimeSpan OrderPatience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A push without an outcome is sent again after so long; doubled each time up to <see cref="PushRetryMax"/>.</summary>
    public TimeSpan PushRetry { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan PushRetryMax { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The same, where the server is fetching its content.</summary>
    public TimeSpan UploadRetry { get; init; } = TimeSpan.FromSeconds(30);
}
