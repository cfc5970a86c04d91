namespace Actors.Remote;

/// <summary>What a frame turned out to be.</summary>
internal enum PduKind
{
    /// <summary>No frame of the protocol; the connection that sent it cannot be trusted to go on.</summary>
    Malformed,

    Control,

    /// <summary>A message, an acknowledgement, or both.</summary>
    Payload,
}
