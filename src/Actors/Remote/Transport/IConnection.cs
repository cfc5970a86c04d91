namespace Actors.Remote;

/// <summary>
/// A stream of bytes to another node, in both directions. Callbacks for one direction never overlap; those of the two
/// directions may.
/// </summary>
internal interface IConnection
{
    /// <summary>The other end, for logs.</summary>
    string Peer { get; }

    /// <summary>Starts reading. Called once, before anything else.</summary>
    void Open(IConnectionHandler handler);

    /// <summary>
    /// Writes all bytes. While the result is <see cref="WriteResult.Pending"/> the bytes must stay as they are and
    /// nothing else may be written.
    /// </summary>
    WriteResult Write(ReadOnlyMemory<byte> bytes);

    /// <summary>Says that nothing more will be written. What the peer still sends is read until it closes too.</summary>
    void CloseSending();

    /// <summary>Closes both directions at once; what is under way may be lost. May be called at any time, repeatedly.</summary>
    void Abort();
}
