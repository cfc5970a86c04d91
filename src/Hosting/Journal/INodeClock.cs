namespace Actors.Hosting;

/// <summary>What a journal stamps its lines with.</summary>
public interface INodeClock
{
    /// <summary>The wall clock, for people: it may jump.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Nanoseconds on a clock of this node that never goes back; its zero means nothing.</summary>
    long MonotonicNanoseconds { get; }
}
