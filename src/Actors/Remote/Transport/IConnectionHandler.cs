namespace Actors.Remote;

/// <summary>Who takes what comes in on a connection.</summary>
internal interface IConnectionHandler
{
    /// <summary>Where the next bytes are to be put; never empty.</summary>
    Memory<byte> GetReceiveBuffer();

    /// <summary>So many bytes (at least one) were put into the last receive buffer.</summary>
    void OnReceived(int count);

    /// <summary>A pending <see cref="IConnection.Write"/> is done.</summary>
    void OnWritten();

    /// <summary>The connection is at its end, with a cause unless the peer closed it in order. Called once, as the last.</summary>
    void OnClosed(string? cause);
}
