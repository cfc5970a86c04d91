using Actors.Bench.Nodes;
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

/// <summary>What benchmarks share.</summary>
/// <param name="nodeConfig">The file that every node is given by --config; null: none.</param>
internal sealed class BenchContext(string? nodeConfig) : IDisposable
{
    private readonly List<NodeCluster> _clusters = [];

    public TimeProvider Clock { get; } = TimeProvider.System;

    /// <param name="serverConfig">What the server is told by a configuration of its own; null: nothing.</param>
    public NodeCluster StartCluster(string? serverConfig = null)
    {
        var cluster = new NodeCluster(nodeConfig, serverConfig);
        _clusters.Add(cluster);
        return cluster;
    }

    /// <summary>Ends what a benchmark that was given up has left behind.</summary>
    public void Dispose() => _clusters.ForEach(cluster => cluster.Dispose());
}

/// <summary>A figure could not be measured; the message says why.</summary>
internal sealed class BenchException(string message) : Exception(message);
