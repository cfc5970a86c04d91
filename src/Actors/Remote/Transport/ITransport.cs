namespace Actors.Remote;

/// <summary>
/// Carries bytes between nodes. It knows no frames and no addresses beyond host and port. Every answer is a callback,
/// so one thread with virtual time can carry it as well as sockets do. Disposing it stops accepting; open connections go on.
/// </summary>
internal interface ITransport : IDisposable
{
    /// <summary>Starts to accept connections and returns where; port 0 asks for a free one.</summary>
    /// <exception cref="RemoteTransportException">The address cannot be listened on.</exception>
    ListenAddress Listen(string hostname, int port, ITransportListener listener);

    /// <summary>Opens a connection. One of the two callbacks follows, unless the returned attempt was abandoned.</summary>
    IDisposable Connect(string hostname, int port, Action<IConnection> connected, Action<string> failed);
}
