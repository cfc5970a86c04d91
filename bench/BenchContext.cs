using Actors.Bench.Nodes;

namespace Actors.Bench;

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
