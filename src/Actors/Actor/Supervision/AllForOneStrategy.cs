namespace Actors.Runtime;

/// <summary>When a child fails, all children are restarted or stopped.</summary>
public class AllForOneStrategy : SupervisorStrategy, IEquatable<AllForOneStrategy>
{
    /// <summary>Creates a strategy; null and negative numbers stand for no limit.</summary>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider)
        : this(maxNrOfRetries ?? -1, Milliseconds(withinTimeRange), localOnlyDecider) { }

    /// <summary>Creates a strategy; null and negative numbers stand for no limit.</summary>
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider)
        : this(maxNrOfRetries ?? -1, Milliseconds(withinTimeRange), decider) { }

    /// <summary>Creates a strategy; negative numbers stand for no limit.</summary>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeMilliseconds, new LocalOnlyDecider(localOnlyDecider), loggingEnabled) { }

    /// <summary>Creates a strategy; negative numbers stand for no limit.</summary>
    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
    {
        MaxNumberOfRetries = maxNrOfRetries;
        WithinTimeRangeMilliseconds = withinTimeMilliseconds;
        Decider = decider;
        LoggingEnabled = loggingEnabled;
    }

    /// <summary>Creates a strategy of a function, without a limit.</summary>
    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider) : this(-1, -1, localOnlyDecider) { }

    /// <summary>Creates a strategy without a limit.</summary>
    public AllForOneStrategy(IDecider decider) : this(-1, -1, decider) { }

    /// <summary>Creates a strategy of the default decider, without a limit.</summary>
    protected AllForOneStrategy() : this(DefaultDecider) { }

    /// <inheritdoc/>
    public override IDecider Decider { get; }

    /// <summary>How often a child may be restarted within the time range before it is stopped; negative for no limit.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>The time range in milliseconds; negative for ever.</summary>
    public int WithinTimeRangeMilliseconds { get; }

    /// <inheritdoc/>
    protected override Directive Handle(IActorRef child, Exception exception) => Decider.Decide(exception);

    internal override void ProcessFailure(IActorContext context, bool restart, ChildStats child, Exception cause, IReadOnlyCollection<ChildStats> children)
    {
        TimeSpan now = context.System.Scheduler.MonotonicClock;
        // Every child spends one of its restarts, so all are asked, even after the first refusal.
        int granted = children.Count(c => c.RequestRestart(MaxNumberOfRetries, WithinTimeRangeMilliseconds, now));
        foreach (ChildStats each in children)
        {
            if (restart && granted == children.Count)
                RestartChild(each.Child, cause, suspendFirst: !each.Child.Equals(child.Child));
            else
                context.Stop(each.Child);
        }
    }

    /// <inheritdoc/>
    public bool Equals(AllForOneStrategy? other) => other is not null && MaxNumberOfRetries == other.MaxNumberOfRetries
        && WithinTimeRangeMilliseconds == other.WithinTimeRangeMilliseconds && Equals(Decider, other.Decider);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as AllForOneStrategy);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(MaxNumberOfRetries, WithinTimeRangeMilliseconds, Decider);
}
