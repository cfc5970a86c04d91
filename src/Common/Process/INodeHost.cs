namespace Actors.Common;

/// <summary>A running node, as its process sees it.</summary>
public interface INodeHost
{
    /// <summary>Ends when the node ended by itself; faulted with a <see cref="NodeException"/> if it could not go on.</summary>
    Task Ended { get; }

    /// <summary>Shuts down in order: flush, tell the peer.</summary>
    Task StopAsync();

    /// <summary>Why <see cref="StopAsync"/> does not come to its end, where the node can tell.</summary>
    string? WhatHoldsItUp => null;
}
