namespace Actors.Bench.Remoting;

/// <summary>What a <see cref="StreamActor"/> sends. The count is a multiple of the acknowledged number.</summary>
internal sealed record StreamPlan(int ContentBytes, long Count, int Window, int AcknowledgeEvery)
{
    /// <summary>Completes with the last acknowledgement.</summary>
    public TaskCompletionSource Finished { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether to end before the count is reached.</summary>
    public Func<bool> IsStopped { get; init; } = () => false;
}
