namespace Actors.Bench;

/// <summary>What benchmarks share.</summary>
internal sealed class BenchContext
{
    public TimeProvider Clock { get; } = TimeProvider.System;
}
