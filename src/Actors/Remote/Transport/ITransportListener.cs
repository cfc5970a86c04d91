namespace Actors.Remote;

/// <summary>Who hears of connections made by others.</summary>
internal interface ITransportListener
{
    /// <summary>A connection came in. It is silent until it is opened.</summary>
    void OnAccepted(IConnection connection);

    /// <summary>A connection could not be taken, for instance for want of file descriptors; the transport goes on trying.</summary>
    void OnAcceptFailed(string cause);
}
