using Actors.Runtime;

namespace Actors.Remote;

/// <summary>Remoting cannot start: the message says on which address, and why.</summary>
public class RemoteTransportException : AkkaException
{
    /// <summary>Creates the exception with what failed and what caused it.</summary>
    public RemoteTransportException(string message, Exception? cause = null) : base(message, cause!) { }
}
