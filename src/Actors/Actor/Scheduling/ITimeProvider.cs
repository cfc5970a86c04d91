namespace Actors.Runtime;

/// <summary>The clocks of an actor system.</summary>
public interface ITimeProvider
{
    /// <summary>The time of day; it may jump.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Time since some fixed moment; it never goes back.</summary>
    TimeSpan MonotonicClock { get; }

    /// <summary>Like <see cref="MonotonicClock"/>, as exact as the machine can.</summary>
    TimeSpan HighResMonotonicClock { get; }
}
