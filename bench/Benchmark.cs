using Actors.Bench.Report;

namespace Actors.Bench;

/// <summary>One row of the table.</summary>
internal abstract class Benchmark
{
    /// <summary>The name for <c>--only</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What is measured, as the table says it.</summary>
    public abstract string What { get; }

    /// <summary>What it is compared with, measured in the same run.</summary>
    public abstract string Reference { get; }

    /// <summary>What is to be reached.</summary>
    public abstract string Target { get; }

    /// <summary>How long it may take before it is given up.</summary>
    public virtual TimeSpan TimeMax => TimeSpan.FromSeconds(60);

    /// <exception cref="BenchException">It could not be measured.</exception>
    public abstract Task<Outcome> MeasureAsync(BenchContext context);
}
