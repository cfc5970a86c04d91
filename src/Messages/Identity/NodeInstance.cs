namespace Actors.Messages.Identity;

/// <summary>A running process of a replica: see NodeIdentity in join.proto.</summary>
public readonly record struct NodeInstance(NodeId Id, ulong Incarnation, ulong Instance);
